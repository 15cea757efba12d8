class PydanticDeprecationWarning(DeprecationWarning):
    pass


class PydanticDeprecatedSince20(PydanticDeprecationWarning):
    pass


class PydanticExperimentalWarning(Warning):
    pass
