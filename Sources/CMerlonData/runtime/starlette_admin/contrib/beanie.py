from starlette_admin.base import BaseAdmin, BaseModelView


class Admin(BaseAdmin):
    def __init__(self, engine=None, title="Admin", base_url="/admin", **options):
        super().__init__(title=title, base_url=base_url, **options)
        self.engine = engine


class ModelView(BaseModelView):
    pass
