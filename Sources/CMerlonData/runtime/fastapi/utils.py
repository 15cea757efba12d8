import re

from fastapi.datastructures import DefaultPlaceholder


def is_body_allowed_for_status_code(status_code):
    return status_code is None or status_code not in (204, 205, 304)


def get_path_param_names(path):
    return set(re.findall("{(.*?)}", path))


def generate_unique_id(route):
    operation_id = re.sub(r"\W", "_", route.name + route.path_format)
    return operation_id + "_" + list(route.methods)[0].lower()


def generate_operation_id_for_path(*, name, path, method):
    return re.sub(r"\W", "_", name + path) + "_" + method.lower()


def deep_dict_update(main_dict, update_dict):
    for key, value in update_dict.items():
        if isinstance(main_dict.get(key), dict) and isinstance(value, dict):
            deep_dict_update(main_dict[key], value)
        elif isinstance(main_dict.get(key), list) and isinstance(value, list):
            main_dict[key] = main_dict[key] + value
        else:
            main_dict[key] = value


def get_value_or_default(first_item, *extra_items):
    """The first value that somebody gave; the first of all when nobody did."""
    for item in (first_item,) + extra_items:
        if not isinstance(item, DefaultPlaceholder):
            return item
    return first_item


def create_model_field(name, type_, default=None, field_info=None, alias=None, mode="validation", **extra):
    return field_info
