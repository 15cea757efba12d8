"""Stripe: what moves money."""
from typing import Any
from merlon import concept

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
