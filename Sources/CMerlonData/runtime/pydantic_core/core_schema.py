"""Builders of schemas, called by types that describe themselves; what they build is not looked at."""


class ValidationInfo:
    pass


class FieldValidationInfo(ValidationInfo):
    pass


class SerializationInfo:
    pass


class FieldSerializationInfo(SerializationInfo):
    pass


class ValidatorFunctionWrapHandler:
    pass


class SerializerFunctionWrapHandler:
    pass


class CoreSchema(dict):
    pass


class CoreConfig(dict):
    pass


def _schema(*args, **options):
    return {}


any_schema = _schema
none_schema = _schema
bool_schema = _schema
int_schema = _schema
float_schema = _schema
decimal_schema = _schema
str_schema = _schema
bytes_schema = _schema
date_schema = _schema
datetime_schema = _schema
list_schema = _schema
dict_schema = _schema
tuple_schema = _schema
set_schema = _schema
union_schema = _schema
literal_schema = _schema
enum_schema = _schema
chain_schema = _schema
json_schema = _schema
json_or_python_schema = _schema
lax_or_strict_schema = _schema
is_instance_schema = _schema
is_subclass_schema = _schema
callable_schema = _schema
nullable_schema = _schema
url_schema = _schema
uuid_schema = _schema
custom_error_schema = _schema
model_schema = _schema
model_fields_schema = _schema
model_field = _schema
typed_dict_schema = _schema
typed_dict_field = _schema
with_default_schema = _schema
no_info_plain_validator_function = _schema
no_info_before_validator_function = _schema
no_info_after_validator_function = _schema
no_info_wrap_validator_function = _schema
with_info_plain_validator_function = _schema
with_info_before_validator_function = _schema
with_info_after_validator_function = _schema
with_info_wrap_validator_function = _schema
general_plain_validator_function = _schema
general_before_validator_function = _schema
general_after_validator_function = _schema
plain_serializer_function_ser_schema = _schema
wrap_serializer_function_ser_schema = _schema
to_string_ser_schema = _schema
format_ser_schema = _schema
