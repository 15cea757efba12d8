"""Limits of rate; run last, as they use the limits up."""

from conftest import Shop


def test_logins_are_throttled(strict_shop: Shop) -> None:
    form = {"username": "alice@larkspur.example", "password": "wrong password"}
    codes = [strict_shop.anonymous.post("/auth/token", data=form).status_code for _ in range(15)]
    assert codes[:10] == [401] * 10
    assert set(codes[10:]) == {429}
    assert '"event": "throttled"' in strict_shop.log


def test_forwarded_for_does_not_help(strict_shop: Shop) -> None:
    body = {"email": "nobody@larkspur.example"}
    codes = [
        strict_shop.anonymous.post(
            "/auth/password/forgot", json=body, headers={"X-Forwarded-For": f"10.0.0.{n}"}
        ).status_code
        for n in range(15)
    ]
    assert codes[-1] == 429


def test_reset_codes_are_throttled(strict_shop: Shop) -> None:
    codes = set()
    for code in range(15):
        body = {
            "email": "bob@larkspur.example",
            "code": f"{code:030d}",
            "new_password": "another long one",
        }
        codes.add(strict_shop.anonymous.post("/auth/password/reset", json=body).status_code)
    assert 429 in codes and 200 not in codes


def test_all_requests_are_throttled(strict_shop: Shop) -> None:
    codes = {strict_shop.anonymous.get("/health").status_code for _ in range(700)}
    assert codes == {200, 429}


def test_gift_card_guesses_are_throttled(shop: Shop) -> None:
    alice = shop.client("alice")
    codes = [
        alice.post("/payments/gift-cards/redeem", json={"code": "A" * 32}).status_code
        for _ in range(15)
    ]
    assert codes[-1] == 429
