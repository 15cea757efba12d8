from pydantic.schema import (
    default_ref_template as default_ref_template,
    model_schema as model_schema,
    schema as schema,
)
