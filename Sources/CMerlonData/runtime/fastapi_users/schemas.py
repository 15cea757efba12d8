from typing import Generic, List, Optional

from pydantic import BaseModel, ConfigDict, EmailStr

from fastapi_users import models


class CreateUpdateDictModel(BaseModel):
    def create_update_dict(self):
        return {}

    def create_update_dict_superuser(self):
        return {}


class BaseUser(CreateUpdateDictModel, Generic[models.ID]):
    id: models.ID
    email: EmailStr
    is_active: bool = True
    is_superuser: bool = False
    is_verified: bool = False

    model_config = ConfigDict(from_attributes=True)


class BaseUserCreate(CreateUpdateDictModel):
    email: EmailStr
    password: str
    is_active: Optional[bool] = True
    is_superuser: Optional[bool] = False
    is_verified: Optional[bool] = False


class BaseUserUpdate(CreateUpdateDictModel):
    password: Optional[str] = None
    email: Optional[EmailStr] = None
    is_active: Optional[bool] = None
    is_superuser: Optional[bool] = None
    is_verified: Optional[bool] = None


class BaseOAuthAccount(BaseModel, Generic[models.ID]):
    id: models.ID
    oauth_name: str
    access_token: str
    expires_at: Optional[int] = None
    refresh_token: Optional[str] = None
    account_id: str
    account_email: str

    model_config = ConfigDict(from_attributes=True)


class BaseOAuthAccountMixin(BaseModel):
    oauth_accounts: List[BaseOAuthAccount] = []
