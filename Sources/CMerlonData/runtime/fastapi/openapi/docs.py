from starlette.responses import HTMLResponse

swagger_ui_default_parameters = {
    "dom_id": "#swagger-ui",
    "layout": "BaseLayout",
    "deepLinking": True,
    "showExtensions": True,
    "showCommonExtensions": True,
}


def get_swagger_ui_html(
    *,
    openapi_url,
    title,
    swagger_js_url="",
    swagger_css_url="",
    swagger_favicon_url="",
    oauth2_redirect_url=None,
    init_oauth=None,
    swagger_ui_parameters=None,
):
    return HTMLResponse("")


def get_redoc_html(*, openapi_url, title, redoc_js_url="", redoc_favicon_url="", with_google_fonts=True):
    return HTMLResponse("")


def get_swagger_ui_oauth2_redirect_html():
    return HTMLResponse("")
