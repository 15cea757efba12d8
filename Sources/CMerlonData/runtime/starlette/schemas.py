class BaseSchemaGenerator:
    pass


class SchemaGenerator(BaseSchemaGenerator):
    def __init__(self, base_schema):
        self.base_schema = base_schema
