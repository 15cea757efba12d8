"""The shop does what a shop does."""

import json
import re
import time

import httpx
import jwt
import pytest
from conftest import IdentityProvider, Shop
from websockets.sync.client import connect

CARD = {"number": "4111111111111111", "expiry": "12/30", "holder": "Alice"}


def test_pages_are_served(shop: Shop) -> None:
    home = shop.anonymous.get("/")
    assert "Good things for the home" in home.text
    assert "Stoneware bowl" in home.text
    assert shop.anonymous.get("/pages/items/1").status_code == 200
    assert "font-family" in shop.anonymous.get("/static/shop.css").text
    form = {"name": "Eve", "message": "hello"}
    assert "Thank you, Eve" in shop.anonymous.post("/pages/contact", data=form).text
    answer = shop.anonymous.get("/pages/goto", params={"url": "delivery"})
    assert answer.headers["location"] == "/pages/search?q=delivery"


@pytest.mark.parametrize("name", ["alice", "bob", "sam", "admin"])
def test_every_role_can_log_in(shop: Shop, name: str) -> None:
    me = shop.client(name).get("/users/me").json()
    expected = {"sam": "staff", "admin": "admin"}.get(name, "customer")
    assert (me["email"], me["role"]) == (f"{name}@larkspur.example", expected)


def test_wrong_password_is_refused(shop: Shop) -> None:
    form = {"username": "alice@larkspur.example", "password": "wrong password"}
    assert shop.anonymous.post("/auth/token", data=form).status_code == 401


def test_register_verify_and_log_in(shop: Shop) -> None:
    email, password = shop.new_customer()
    client = shop.bearer(shop.login(email, password)["access_token"])
    assert client.get("/users/me").json()["role"] == "customer"
    assert client.patch("/users/me", json={"address": "1 Lane"}).status_code == 200
    assert client.get(f"/users/{client.get('/users/me').json()['id']}").status_code == 200


def test_password_is_reset_by_mail(shop: Shop) -> None:
    email, password = shop.new_customer()
    old = shop.bearer(shop.login(email, password)["access_token"])
    shop.anonymous.post("/auth/password/forgot", json={"email": email})
    code = shop.mail_to(email).split("\n\n", 1)[1].splitlines()[0].strip()
    body = {"email": email, "code": code, "new_password": "another long password"}
    assert shop.anonymous.post("/auth/password/reset", json=body).status_code == 200
    assert shop.login(email, "another long password")
    assert old.get("/users/me").status_code == 401
    assert shop.anonymous.post("/auth/password/reset", json=body).status_code == 400


def test_tokens_are_renewed_and_ended(shop: Shop) -> None:
    email, password = shop.new_customer()
    pair = shop.login(email, password)
    renewed = shop.anonymous.post("/auth/refresh", json={"refresh_token": pair["refresh_token"]})
    client = shop.bearer(renewed.json()["access_token"])
    assert client.get("/auth/session").json()["email"] == email
    assert client.post("/auth/logout").status_code == 204
    assert client.get("/auth/session").status_code == 401


def test_browse_and_search(shop: Shop) -> None:
    items = shop.anonymous.get("/items", params={"sort": "name"}).json()
    assert [item["name"] for item in items] == sorted(item["name"] for item in items)
    found = shop.anonymous.get("/items/search", params={"q": "linen"}).json()
    assert [item["name"] for item in found] == ["Linen tea towel"]
    south = shop.anonymous.get("/items/by-region", headers={"X-Region": "south"}).json()
    assert "Cast iron pan" in [item["name"] for item in south]
    assert "etag" in shop.anonymous.get("/items/1").headers


def test_staff_keeps_the_catalogue(shop: Shop) -> None:
    sam = shop.client("sam")
    item = sam.post("/items", json={"name": "Jug", "price": 19.5, "stock": 3}).json()
    changed = {"name": "Jug", "price": 21, "stock": 2}
    assert sam.put(f"/items/{item['id']}", json=changed).json()["price"] == 21
    assert sam.delete(f"/items/{item['id']}").status_code == 204
    alice = shop.client("alice")
    quote = alice.post("/items/1/quote", json={"plan": "trade", "quantity": 10}).json()
    assert quote == {"total": 306.0}
    assert alice.post("/items/1/reviews", json={"body": "Nice <3"}).status_code == 201
    assert shop.anonymous.get("/items/1/reviews").json()[-1]["author"] == "Alice Moreau"


def test_order_pay_and_invoice(shop: Shop) -> None:
    alice = shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 2, "quantity": 3}]}).json()
    assert order["total"] == 55.5
    payment = alice.post("/payments", json={"order_id": order["id"], "card": CARD})
    assert payment.json()["status"] == "captured"
    assert payment.json()["card_last4"] == "1111"
    assert alice.get(f"/payments/{payment.json()['id']}").status_code == 200
    assert alice.get(f"/orders/{order['id']}").json()["status"] == "paid"
    assert order["number"] in alice.get(f"/orders/{order['id']}/invoice").text
    assert alice.post(f"/orders/{order['id']}/cancel").status_code == 409
    assert alice.post("/payments", json={"order_id": order["id"], "card": CARD}).status_code == 409
    assert order["number"] in str(alice.get("/orders/track").json())
    assert alice.post("/payments/wallet-token", json=CARD).status_code == 200


def test_order_is_changed_and_cancelled(shop: Shop) -> None:
    alice = shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 4}]}).json()
    changed = alice.patch(f"/orders/{order['id']}", json={"shipping_address": "2 Lane"})
    assert changed.json()["shipping_address"] == "2 Lane"
    note = {"template": "For $name, order $number, costs $$"}
    written = alice.post(f"/orders/{order['id']}/gift-note", json=note).json()
    assert written["gift_note"] == f"For Alice Moreau, order {order['number']}, costs $"
    assert alice.post(f"/orders/{order['id']}/cancel").json()["status"] == "cancelled"


def test_refund(shop: Shop) -> None:
    alice = shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 2}]}).json()
    payment = alice.post("/payments", json={"order_id": order["id"], "card": CARD}).json()
    headers = {"X-Refund-Key": shop.env["SHOP_REFUND_KEY"]}
    body = {"payment_id": payment["id"]}
    refund = shop.client("sam").post("/payments/refund", json=body, headers=headers)
    assert refund.json()["status"] == "refunded"
    assert shop.client("sam").post("/payments/refund", json=body, headers=headers).is_error


def test_paid_order_is_handed_over_at_the_till(shop: Shop, settings: object, monkeypatch) -> None:
    from shop import security

    monkeypatch.setattr(security, "get_settings", lambda: settings)
    token = security.create_terminal_token(shop.user_id("sam"), "till 1")
    alice = shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 2}]}).json()
    headers = {"X-Terminal-Token": token}
    pickup = f"/orders/{order['id']}/pickup"
    assert shop.anonymous.post(pickup, headers=headers).status_code == 409
    alice.post("/payments", json={"order_id": order["id"], "card": CARD})
    assert shop.anonymous.post(pickup, headers=headers).json()["status"] == "collected"


def test_upload_list_and_share(shop: Shop) -> None:
    alice = shop.client("alice")
    stored = alice.post("/files", files={"file": ("label.txt", b"hello", "text/plain")}).json()
    assert stored["size"] == 5
    assert stored["id"] in [file["id"] for file in alice.get("/files").json()]
    link = alice.post(f"/files/{stored['id']}/share").json()["link"]
    assert shop.anonymous.get(link).text == "hello"
    assert alice.get("/files/label.txt").text == "hello"
    assert alice.post("/files/label.txt/thumbnail").status_code == 202
    time.sleep(0.3)
    assert any(file.name.endswith("-thumb") for file in (shop.data / "uploads").iterdir())


def test_chat(shop: Shop) -> None:
    headers = {"Authorization": f"Bearer {shop.token('alice')}"}
    address = f"ws://127.0.0.1:{shop.port}/chat/help"
    with connect(address, additional_headers=headers) as socket:
        socket.send('{"body": "is the pan oven-proof?"}')
        assert json.loads(socket.recv())["author"] == "Alice Moreau"
    messages = shop.client("bob").get("/chat/help/messages").json()
    assert {"author": "Alice Moreau", "body": "is the pan oven-proof?"} in messages


def test_chat_from_the_page_uses_the_cookie(shop: Shop) -> None:
    headers = {"Cookie": f"__Host-session={shop.token('alice')}"}
    address = f"ws://127.0.0.1:{shop.port}/chat/page"
    with connect(address, origin=shop.url, additional_headers=headers) as socket:
        socket.send('{"body": "hello"}')
        assert json.loads(socket.recv())["body"] == "hello"


def test_feeds_are_imported(shop: Shop) -> None:
    sam = shop.client("sam")
    xml = b"<feed><item><name>Oak spoon</name><price>9.5</price></item></feed>"
    assert sam.post("/items/import/xml", files={"feed": xml}).json()[0]["name"] == "Oak spoon"
    yaml = b"items:\n  - name: Ash ladle\n    price: 11\n"
    assert sam.post("/items/import/yaml", files={"feed": yaml}).json()[0]["price"] == 11
    assert sam.post("/items/import/yaml", files={"feed": b"[1"}).status_code == 400


def test_gift_card(shop: Shop) -> None:
    card = shop.client("sam").post("/payments/gift-cards", json={"amount": 25}).json()
    alice = shop.client("alice")
    redeemed = alice.post("/payments/gift-cards/redeem", json={"code": card["code"]})
    assert redeemed.json()["credit"] >= 25
    again = alice.post("/payments/gift-cards/redeem", json={"code": card["code"]})
    assert again.status_code == 404


def test_directory_and_reports(shop: Shop) -> None:
    alice, sam, admin = shop.client("alice"), shop.client("sam"), shop.client("admin")
    assert alice.get("/directory/staff", params={"name": "Ve"}).json()[0]["title"] == "buyer"
    assert alice.post("/directory/activity/search", json={"user": 2}).json()[0]["user"] == 2
    assert "orders" in sam.get("/reports/sales").json()
    assert sam.get("/reports/open").json()["report"] == "open"
    assert "paid" in admin.get("/reports/finance").json()
    for name in ("stock-value", "best-sellers"):
        assert "label" in admin.get("/reports/query", params={"name": name}).json()[0]
    rows = {"name": "week", "rows": [{"a": "=1+1", "b": 2}]}
    assert sam.post("/reports/export", json=rows).status_code == 201
    assert sam.get("/reports/export/week").text == "'=1+1,2\n"


def test_administration(shop: Shop) -> None:
    admin = shop.client("admin")
    email = f"staff-{time.time_ns()}@larkspur.example"
    body = {"email": email, "full_name": "New", "password": "a long new password"}
    created = admin.post("/admin/users", json=body).json()
    assert created["role"] == "staff"
    assert admin.post("/admin/users", json=body).status_code == 409
    role = admin.put(f"/admin/users/{created['id']}/role", json={"role": "customer"})
    assert role.json()["role"] == "customer"
    assert admin.post(f"/users/{created['id']}/deactivate").json()["is_active"] is False
    assert admin.delete(f"/users/{created['id']}").status_code == 204
    assert "delete user" in admin.get("/admin/audit").json()[0]["action"]
    assert admin.get("/admin/metrics").json()["users"] >= 4
    assert admin.get("/admin/debug/settings").json()["app_name"] == "Larkspur"
    ping = admin.post("/admin/maintenance/ping", json={"host": "localhost"})
    assert "localhost" in ping.json()["output"]
    cache = admin.post("/admin/cache/restore", json={"entries": {"rate": 1.5}})
    assert cache.json() == {"entries": 1}
    headers = {"X-Backoffice-Key": shop.env["SHOP_BACKOFFICE_KEY"]}
    csv = admin.get("/exports/customers.csv", headers=headers).text
    assert "alice@larkspur.example,Alice Moreau" in csv
    assert admin.get("/exports/orders.csv", headers=headers).status_code == 200
    assert email not in csv


def test_partners(shop: Shop) -> None:
    body = {
        "name": f"Maker {time.time_ns()}",
        "contact": "maker@larkspur.example",
        "password": "a long new password",
        "role": "manager",
    }
    created = shop.client("admin").post("/partners", json=body)
    assert set(created.json()) == {"id", "name", "contact", "role"}
    login = {"name": body["name"], "password": body["password"]}
    token = shop.anonymous.post("/partners/token", json=login).json()["token"]
    assert shop.bearer(token).get("/partners/orders").status_code == 200
    key = json.loads(shop.env["SHOP_SERVICE_TOKEN_KEYS"])["warehouse"]
    now = int(time.time())
    claims = {"sub": "w", "aud": "shop-service", "iss": "larkspur", "iat": now, "exp": now + 60}
    service = jwt.encode(claims, key, headers={"kid": "warehouse"})
    stock = shop.anonymous.get("/partners/stock", headers={"X-Service-Token": service})
    assert stock.json()[0].keys() == {"id", "stock"}


def test_wishlist_and_theme(shop: Shop) -> None:
    alice = shop.client("alice")
    for _ in range(2):
        assert alice.put("/wishlist/3").status_code == 204
    assert alice.get("/wishlist").json().count(3) == 1
    assert alice.get("/pages/theme", params={"name": "dark"}).json() == {"theme": "dark"}


def test_internal_jobs(shop: Shop) -> None:
    jobs = shop.bearer(shop.env["SHOP_INTERNAL_TOKEN"])
    assert jobs.get("/internal/terminals/key-size").json() == {"bits": 3072}
    assert jobs.post("/internal/stock/5", json={"stock": 77}).json() == {"id": 5, "stock": 77}
    credit = jobs.post(f"/internal/credit/{shop.user_id('bob')}", json={"amount": 5})
    assert credit.json()["credit"] >= 5
    first, again = (jobs.post("/internal/vouchers/7").json() for _ in range(2))
    assert first != again


def sign_in(shop: Shop, provider: IdentityProvider, **changes: object) -> httpx.Response:
    with httpx.Client(base_url=shop.url) as browser:
        begun = browser.get("/sso/login", params={"next": "delivery"})
        asked = httpx.URL(begun.headers["location"]).params
        cookie = begun.headers["set-cookie"].split(";")[0]
        now = int(time.time())
        claims = {
            "sub": "42",
            "iss": provider.url,
            "aud": "shop",
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "email": "sam@larkspur.example",
            **changes,
        }
        provider.token = jwt.encode(claims, provider.key, algorithm="EdDSA")
        answer = {"code": "abc", "state": changes.get("state", asked["state"])}
        return browser.get("/sso/callback", params=answer, headers={"Cookie": cookie})


def test_sign_in_at_the_identity_provider(shop: Shop, identity_provider: IdentityProvider) -> None:
    answer = sign_in(shop, identity_provider)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/pages/search?q=delivery"
    session = re.search(r"__Host-session=([^;]+)", answer.headers["set-cookie"]).group(1)
    headers = {"Cookie": f"__Host-session={session}"}
    assert shop.anonymous.get("/auth/session", headers=headers).json()["role"] == "staff"
    assert "code_verifier=" in identity_provider.calls[-1]["body"]


@pytest.mark.parametrize(
    "changes",
    [{"nonce": "other"}, {"aud": "other"}, {"iss": "https://evil.example"}, {"exp": 1}]
    + [{"state": "other"}, {"email": "nobody@larkspur.example"}],
    ids=str,
)
def test_wrong_sign_in_is_refused(
    shop: Shop, identity_provider: IdentityProvider, changes: dict
) -> None:
    assert sign_in(shop, identity_provider, **changes).status_code == 401
