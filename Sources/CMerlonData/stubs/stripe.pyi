"""Stripe: what moves money, and who signed its messages."""
from typing import Annotated, Any
from merlon import Role, concept

class Charge:
    @concept("payment")
    @staticmethod
    def create(**kwargs: Any) -> Any: ...
class PaymentIntent:
    @concept("payment")
    @staticmethod
    def create(**kwargs: Any) -> Any: ...
    @concept("payment")
    @staticmethod
    def confirm(id: str, **kwargs: Any) -> Any: ...
    @concept("payment")
    @staticmethod
    def capture(id: str, **kwargs: Any) -> Any: ...
class Refund:
    @concept("payment")
    @staticmethod
    def create(**kwargs: Any) -> Any: ...
class Transfer:
    @concept("payment")
    @staticmethod
    def create(**kwargs: Any) -> Any: ...
class Payout:
    @concept("payment")
    @staticmethod
    def create(**kwargs: Any) -> Any: ...
class Webhook:
    @staticmethod
    @concept("tokenVerify")
    def construct_event(payload: Any, sig_header: Annotated[str, Role("token")], secret: str, tolerance: int = ..., api_key: Any = ...) -> Any: ...
