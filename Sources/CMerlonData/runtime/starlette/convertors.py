class Convertor:
    regex = ""

    def convert(self, value):
        return value

    def to_string(self, value):
        return str(value)


class StringConvertor(Convertor):
    regex = "[^/]+"


class PathConvertor(Convertor):
    regex = ".*"


class IntegerConvertor(Convertor):
    regex = "[0-9]+"


class FloatConvertor(Convertor):
    regex = "[0-9]+(\\.[0-9]+)?"


class UUIDConvertor(Convertor):
    regex = "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}"


CONVERTOR_TYPES = {
    "str": StringConvertor(),
    "path": PathConvertor(),
    "int": IntegerConvertor(),
    "float": FloatConvertor(),
    "uuid": UUIDConvertor(),
}


def register_url_convertor(key, convertor):
    CONVERTOR_TYPES[key] = convertor
