from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles


class Admin:
    """Mounts an administration of database tables; nobody has to log in unless `authentication_backend` is given."""

    def __init__(
        self,
        app,
        engine=None,
        session_maker=None,
        base_url="/admin",
        title="Admin",
        logo_url=None,
        favicon_url=None,
        middlewares=None,
        debug=False,
        templates_dir="templates",
        authentication_backend=None,
        **options,
    ):
        self.app = app
        self.engine = engine
        self.base_url = base_url
        self.authentication_backend = authentication_backend
        self.views = []
        self.admin = Starlette(middleware=middlewares)
        self.admin.router.routes = [
            Mount("/statics", app=StaticFiles(packages=["sqladmin"]), name="statics"),
            Route("/", endpoint=self.index, name="index"),
            Route("/{identity}/list", endpoint=self.list, name="list"),
            Route("/{identity}/details/{pk:path}", endpoint=self.details, name="details"),
            Route("/{identity}/delete", endpoint=self.delete, name="delete", methods=["DELETE"]),
            Route("/{identity}/create", endpoint=self.create, name="create", methods=["GET", "POST"]),
            Route("/{identity}/edit/{pk:path}", endpoint=self.edit, name="edit", methods=["GET", "POST"]),
            Route("/{identity}/export/{export_type}", endpoint=self.export, name="export"),
            Route("/{identity}/import", endpoint=self.import_endpoint, name="import", methods=["POST"]),
            Route("/{identity}/ajax/lookup", endpoint=self.ajax_lookup, name="ajax_lookup"),
            Route("/login", endpoint=self.login, name="login", methods=["GET", "POST"]),
            Route("/logout", endpoint=self.logout, name="logout", methods=["GET"]),
            Route(
                "/{identity}/{pk:path}/{column_name}/download/",
                endpoint=self.file_download,
                name="file_download",
                methods=["GET"],
            ),
            Route(
                "/{identity}/{pk:path}/{column_name}/preview/",
                endpoint=self.file_preview,
                name="file_preview",
                methods=["GET"],
            ),
        ]
        self.app.mount(base_url, app=self.admin, name="admin")

    async def index(self, request):
        pass

    async def list(self, request):
        pass

    async def details(self, request):
        pass

    async def delete(self, request):
        pass

    async def create(self, request):
        pass

    async def edit(self, request):
        pass

    async def export(self, request):
        pass

    async def import_endpoint(self, request):
        pass

    async def file_download(self, request):
        pass

    async def file_preview(self, request):
        pass

    async def ajax_lookup(self, request):
        pass

    async def login(self, request):
        pass

    async def logout(self, request):
        pass

    def add_view(self, view):
        self.views.append(view)

    def add_model_view(self, view):
        self.views.append(view)

    def add_base_view(self, view):
        self.views.append(view)

    def register_model(self, model):
        self.views.append(model)


def expose(path, *, methods=None, identity=None, include_in_schema=True):
    def decorator(func):
        return func

    return decorator


def action(name, label=None, confirmation_message=None, **options):
    def decorator(func):
        return func

    return decorator
