from fastapi import FastAPI


class App(FastAPI):
    """The application that serves an interface; its own routes are not listed."""

    @staticmethod
    def create_app(blocks, **options):
        return App(docs_url=None, redoc_url=None, openapi_url=None)


def mount_gradio_app(app, blocks, path, *args, auth=None, auth_dependency=None, **options):
    interface = App.create_app(blocks)
    interface.auth = auth
    interface.auth_dependency = auth_dependency
    app.mount(path, interface)
    return app
