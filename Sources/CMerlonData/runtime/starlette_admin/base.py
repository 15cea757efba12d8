from starlette.applications import Starlette


class BaseAdmin:
    """Administration that `mount_to` puts below an application; open unless `auth_provider` is given."""

    def __init__(self, title="Admin", base_url="/admin", route_name="admin", auth_provider=None, **options):
        self.base_url = base_url
        self.route_name = route_name
        self.auth_provider = auth_provider
        self.options = options

    def add_view(self, view):
        pass

    def mount_to(self, app, redirect_slashes=True):
        app.mount(self.base_url, app=Starlette(), name=self.route_name)


class BaseModelView:
    def __init__(self, model=None, **options):
        self.model = model


class CustomView:
    def __init__(self, label="", **options):
        self.label = label
