from pydantic.tools import (
    parse_obj_as as parse_obj_as,
    schema_json_of as schema_json_of,
    schema_of as schema_of,
)
