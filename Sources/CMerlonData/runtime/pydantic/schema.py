default_ref_template = "#/definitions/{model}"


def schema(models, **options):
    return {}


def model_schema(model, **options):
    return {}
