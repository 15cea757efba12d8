"""Types with constraints, as Pydantic 2 states them: aliases of `Annotated` where it has aliases, classes elsewhere."""

import datetime
import decimal
import pathlib
import typing
import uuid

import annotated_types


class Strict:
    def __init__(self, strict=True):
        self.strict = strict


class AllowInfNan:
    def __init__(self, allow_inf_nan=True):
        self.allow_inf_nan = allow_inf_nan


class FailFast:
    def __init__(self, fail_fast=True):
        self.fail_fast = fail_fast


class StringConstraints:
    def __init__(
        self,
        *,
        strip_whitespace=None,
        to_upper=None,
        to_lower=None,
        strict=None,
        min_length=None,
        max_length=None,
        pattern=None,
        ascii_only=None,
    ):
        self.strip_whitespace = strip_whitespace
        self.to_upper = to_upper
        self.to_lower = to_lower
        self.strict = strict
        self.min_length = min_length
        self.max_length = max_length
        self.pattern = pattern


class UuidVersion:
    def __init__(self, uuid_version):
        self.uuid_version = uuid_version


class PathType:
    def __init__(self, path_type):
        self.path_type = path_type


class Tag:
    def __init__(self, tag):
        self.tag = tag


class Discriminator:
    def __init__(self, discriminator, custom_error_type=None, custom_error_message=None, custom_error_context=None):
        self.discriminator = discriminator


class GetPydanticSchema:
    def __init__(self, get_pydantic_core_schema=None, get_pydantic_json_schema=None):
        pass


class EncoderProtocol:
    pass


class Base64Encoder(EncoderProtocol):
    pass


class Base64UrlEncoder(EncoderProtocol):
    pass


class EncodedBytes:
    def __init__(self, encoder):
        self.encoder = encoder


class EncodedStr:
    def __init__(self, encoder):
        self.encoder = encoder


StrictBool = typing.Annotated[bool, Strict()]
StrictInt = typing.Annotated[int, Strict()]
StrictFloat = typing.Annotated[float, Strict()]
StrictStr = typing.Annotated[str, Strict()]
StrictBytes = typing.Annotated[bytes, Strict()]
PositiveInt = typing.Annotated[int, annotated_types.Gt(0)]
NegativeInt = typing.Annotated[int, annotated_types.Lt(0)]
NonPositiveInt = typing.Annotated[int, annotated_types.Le(0)]
NonNegativeInt = typing.Annotated[int, annotated_types.Ge(0)]
PositiveFloat = typing.Annotated[float, annotated_types.Gt(0)]
NegativeFloat = typing.Annotated[float, annotated_types.Lt(0)]
NonPositiveFloat = typing.Annotated[float, annotated_types.Le(0)]
NonNegativeFloat = typing.Annotated[float, annotated_types.Ge(0)]
FiniteFloat = typing.Annotated[float, AllowInfNan(False)]
UUID1 = typing.Annotated[uuid.UUID, UuidVersion(1)]
UUID3 = typing.Annotated[uuid.UUID, UuidVersion(3)]
UUID4 = typing.Annotated[uuid.UUID, UuidVersion(4)]
UUID5 = typing.Annotated[uuid.UUID, UuidVersion(5)]
UUID6 = typing.Annotated[uuid.UUID, UuidVersion(6)]
UUID7 = typing.Annotated[uuid.UUID, UuidVersion(7)]
UUID8 = typing.Annotated[uuid.UUID, UuidVersion(8)]
FilePath = typing.Annotated[pathlib.Path, PathType("file")]
DirectoryPath = typing.Annotated[pathlib.Path, PathType("dir")]
NewPath = typing.Annotated[pathlib.Path, PathType("new")]
SocketPath = typing.Annotated[pathlib.Path, PathType("socket")]
Base64Bytes = typing.Annotated[bytes, EncodedBytes(Base64Encoder)]
Base64Str = typing.Annotated[str, EncodedStr(Base64Encoder)]
Base64UrlBytes = typing.Annotated[bytes, EncodedBytes(Base64UrlEncoder)]
Base64UrlStr = typing.Annotated[str, EncodedStr(Base64UrlEncoder)]
JsonValue = typing.Any

_T = typing.TypeVar("_T")
OnErrorOmit = typing.Annotated[_T, "OnErrorOmit"]


class _SecretBase:
    def __init__(self, secret_value):
        self._secret_value = secret_value

    def get_secret_value(self):
        return self._secret_value


class Secret(_SecretBase, typing.Generic[_T]):
    pass


class SecretStr(_SecretBase):
    pass


class SecretBytes(_SecretBase):
    pass


class ByteSize(int):
    pass


class PaymentCardNumber(str):
    pass


class PastDate(datetime.date):
    pass


class FutureDate(datetime.date):
    pass


class AwareDatetime(datetime.datetime):
    pass


class NaiveDatetime(datetime.datetime):
    pass


class PastDatetime(datetime.datetime):
    pass


class FutureDatetime(datetime.datetime):
    pass


class ImportString(typing.Generic[_T]):
    pass


class Json(typing.Generic[_T]):
    pass


def conint(*, strict=None, gt=None, ge=None, lt=None, le=None, multiple_of=None):
    return typing.Annotated[
        int,
        Strict(strict),
        annotated_types.Interval(gt=gt, ge=ge, lt=lt, le=le),
        annotated_types.MultipleOf(multiple_of),
    ]


def confloat(*, strict=None, gt=None, ge=None, lt=None, le=None, multiple_of=None, allow_inf_nan=None):
    return typing.Annotated[
        float,
        Strict(strict),
        annotated_types.Interval(gt=gt, ge=ge, lt=lt, le=le),
        annotated_types.MultipleOf(multiple_of),
        AllowInfNan(allow_inf_nan),
    ]


def condecimal(
    *,
    strict=None,
    gt=None,
    ge=None,
    lt=None,
    le=None,
    multiple_of=None,
    max_digits=None,
    decimal_places=None,
    allow_inf_nan=None,
):
    return typing.Annotated[
        decimal.Decimal,
        Strict(strict),
        annotated_types.Interval(gt=gt, ge=ge, lt=lt, le=le),
        annotated_types.MultipleOf(multiple_of),
        AllowInfNan(allow_inf_nan),
    ]


def constr(
    *,
    strip_whitespace=None,
    to_upper=None,
    to_lower=None,
    strict=None,
    min_length=None,
    max_length=None,
    pattern=None,
    regex=None,
    curtail_length=None,
    ascii_only=None,
):
    return typing.Annotated[
        str,
        StringConstraints(
            strip_whitespace=strip_whitespace,
            to_upper=to_upper,
            to_lower=to_lower,
            strict=strict,
            min_length=min_length,
            max_length=max_length,
            pattern=pattern or regex,
        ),
    ]


def conbytes(*, min_length=None, max_length=None, strict=None):
    return typing.Annotated[bytes, Strict(strict), annotated_types.Len(min_length or 0, max_length)]


def conlist(item_type, *, min_length=None, max_length=None, min_items=None, max_items=None, unique_items=None):
    return typing.Annotated[
        typing.List[item_type], annotated_types.Len(min_length or min_items or 0, max_length or max_items)
    ]


def conset(item_type, *, min_length=None, max_length=None, min_items=None, max_items=None):
    return typing.Annotated[
        typing.Set[item_type], annotated_types.Len(min_length or min_items or 0, max_length or max_items)
    ]


def confrozenset(item_type, *, min_length=None, max_length=None):
    return typing.Annotated[typing.FrozenSet[item_type], annotated_types.Len(min_length or 0, max_length)]


def condate(*, strict=None, gt=None, ge=None, lt=None, le=None):
    return typing.Annotated[datetime.date, Strict(strict), annotated_types.Interval(gt=gt, ge=ge, lt=lt, le=le)]


class ConstrainedStr(str):
    pass


class ConstrainedInt(int):
    pass


class ConstrainedFloat(float):
    pass


class ConstrainedList(list):
    pass


class ConstrainedDecimal(decimal.Decimal):
    pass
