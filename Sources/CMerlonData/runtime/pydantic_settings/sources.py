class PydanticBaseSettingsSource:
    def __init__(self, settings_cls, **options):
        self.settings_cls = settings_cls


class InitSettingsSource(PydanticBaseSettingsSource):
    pass


class EnvSettingsSource(PydanticBaseSettingsSource):
    pass


class DotEnvSettingsSource(EnvSettingsSource):
    pass


class SecretsSettingsSource(PydanticBaseSettingsSource):
    pass


class NestedSecretsSettingsSource(PydanticBaseSettingsSource):
    pass


class JsonConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class TomlConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class YamlConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class PyprojectTomlConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class AzureKeyVaultSettingsSource(PydanticBaseSettingsSource):
    pass


class AWSSecretsManagerSettingsSource(PydanticBaseSettingsSource):
    pass


class GoogleSecretManagerSettingsSource(PydanticBaseSettingsSource):
    pass


class NoDecode:
    pass


class ForceDecode:
    pass
