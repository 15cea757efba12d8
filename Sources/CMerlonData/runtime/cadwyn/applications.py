from cadwyn.changelogs import CadwynChangelogResource
from cadwyn.middleware import VersionPickingMiddleware
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.requests import Request


class Cadwyn(FastAPI):
    """Serves several versions of one API. The versioned routes are made when the first request comes."""

    def __init__(
        self,
        *,
        versions,
        api_version_header_name=None,
        api_version_location="custom_header",
        api_version_format="date",
        api_version_parameter_name="x-api-version",
        api_version_default_value=None,
        api_version_title=None,
        api_version_description=None,
        versioning_middleware_class=VersionPickingMiddleware,
        changelog_url="/changelog",
        include_changelog_url_in_schema=True,
        openapi_url="/openapi.json",
        docs_url="/docs",
        redoc_url="/redoc",
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
        **options,
    ):
        super().__init__(openapi_url=None, docs_url=None, redoc_url=None, **options)
        self.versions = versions
        self.changelog_url = changelog_url
        self.include_changelog_url_in_schema = include_changelog_url_in_schema
        self.openapi_url = openapi_url
        self.docs_url = docs_url
        self.redoc_url = redoc_url
        self.swagger_ui_oauth2_redirect_url = swagger_ui_oauth2_redirect_url
        router = APIRouter()
        self._add_utility_endpoints(router)
        self.include_router(router)
        self.add_middleware(versioning_middleware_class, api_version_parameter_name=api_version_parameter_name)

    def _add_utility_endpoints(self, unversioned_router):
        if self.changelog_url is not None:
            unversioned_router.add_api_route(
                self.changelog_url,
                self.generate_changelog,
                response_model=CadwynChangelogResource,
                methods=["GET"],
                include_in_schema=self.include_changelog_url_in_schema,
            )
        if self.openapi_url is not None:
            unversioned_router.add_route(self.openapi_url, self.openapi_jsons, include_in_schema=False)
            if self.docs_url is not None:
                unversioned_router.add_route(self.docs_url, self.swagger_dashboard, include_in_schema=False)
                if self.swagger_ui_oauth2_redirect_url:

                    async def swagger_ui_redirect(req: Request) -> HTMLResponse:
                        return HTMLResponse()

                    self.add_route(self.swagger_ui_oauth2_redirect_url, swagger_ui_redirect, include_in_schema=False)
            if self.redoc_url is not None:
                unversioned_router.add_route(self.redoc_url, self.redoc_dashboard, include_in_schema=False)

    def generate_and_include_versioned_routers(self, *routers):
        return None

    def generate_changelog(self) -> CadwynChangelogResource:
        return CadwynChangelogResource()

    async def openapi_jsons(self, req: Request) -> JSONResponse:
        return JSONResponse({})

    async def swagger_dashboard(self, req: Request) -> HTMLResponse:
        return HTMLResponse()

    async def redoc_dashboard(self, req: Request) -> HTMLResponse:
        return HTMLResponse()
