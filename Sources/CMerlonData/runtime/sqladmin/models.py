class BaseView:
    name = ""
    identity = ""
    category = ""
    icon = ""
    is_model = False

    def __init_subclass__(cls, **kwargs):
        pass


class ModelView(BaseView):
    is_model = True
