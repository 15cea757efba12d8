def deep_update(mapping, *updating_mappings):
    updated = dict(mapping)
    for other in updating_mappings:
        updated.update(other)
    return updated


def to_camel(string):
    return "".join([part.capitalize() for part in string.split("_")])
