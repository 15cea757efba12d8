"""The shop does what a shop does."""

import re
import time
import uuid

import pytest
from conftest import Shop
from websockets.sync.client import connect


def test_pages_are_served(shop: Shop) -> None:
    home = shop.anonymous.get("/")
    assert "Good things for the home" in home.text
    assert "Stoneware bowl" in home.text
    assert shop.anonymous.get("/pages/items/1").status_code == 200
    assert "font-family" in shop.anonymous.get("/static/shop.css").text


@pytest.mark.parametrize("name", ["alice", "bob", "sam", "admin"])
def test_every_role_can_log_in(shop: Shop, name: str) -> None:
    me = shop.client(name).get("/users/me").json()
    expected = {"sam": "staff", "admin": "admin"}.get(name, "customer")
    assert (me["email"], me["role"]) == (f"{name}@larkspur.example", expected)


def test_wrong_password_is_refused(shop: Shop) -> None:
    form = {"username": "alice@larkspur.example", "password": "wrong"}
    assert shop.anonymous.post("/auth/token", data=form).status_code == 401


def test_register_and_log_in(shop: Shop) -> None:
    email = f"{uuid.uuid4().hex[:8]}@larkspur.example"
    body = {"email": email, "password": "a long password", "full_name": "New"}
    assert shop.anonymous.post("/auth/register", json=body).status_code == 201
    form = {"username": email, "password": "a long password"}
    assert shop.anonymous.post("/auth/token", data=form).status_code == 200
    shop.anonymous.cookies.clear()
    time.sleep(0.2)
    mails = "".join(mail.read_text() for mail in (shop.data / "outbox").iterdir())
    assert email in mails


def test_browse_and_search(shop: Shop) -> None:
    items = shop.anonymous.get("/items", params={"sort": "name"}).json()
    assert len(items) >= 5
    found = shop.anonymous.get("/items/search", params={"q": "linen"}).json()
    assert [item["name"] for item in found] == ["Linen tea towel"]
    assert "etag" in shop.anonymous.get("/items/1").headers


def test_order_pay_and_invoice(shop: Shop) -> None:
    alice = shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 2, "quantity": 3}]}).json()
    assert order["total"] == 55.5
    card = {"number": "4111111111111111", "expiry": "12/30", "holder": "Alice"}
    payment = alice.post("/payments", json={"order_id": order["id"], "card": card})
    assert payment.json()["status"] == "captured"
    assert payment.json()["card_last4"] == "1111"
    assert alice.get(f"/payments/{payment.json()['id']}").status_code == 200
    assert alice.get(f"/orders/{order['id']}").json()["status"] == "paid"
    assert order["number"] in alice.get(f"/orders/{order['id']}/invoice").text
    assert alice.post(f"/orders/{order['id']}/cancel").status_code == 409


def test_other_customers_payments_and_invoices_are_closed(shop: Shop) -> None:
    bob, alice = shop.client("bob"), shop.client("alice")
    order = alice.post("/orders", json={"lines": [{"item_id": 1}]}).json()
    assert bob.get(f"/orders/{order['id']}/invoice").status_code == 404
    assert bob.post(f"/orders/{order['id']}/cancel").status_code == 404


def test_staff_routes_are_closed_for_customers(shop: Shop) -> None:
    alice = shop.client("alice")
    assert alice.get("/users").status_code == 403
    assert alice.get("/admin/users").status_code == 403
    assert shop.client("admin").get("/admin/users").status_code == 200


def test_upload_list_and_share(shop: Shop) -> None:
    alice = shop.client("alice")
    stored = alice.post("/files", files={"file": ("label.txt", b"hello", "text/plain")}).json()
    assert stored["size"] == 5
    assert stored["id"] in [file["id"] for file in alice.get("/files").json()]
    link = alice.post(f"/files/{stored['id']}/share").json()["link"]
    assert shop.anonymous.get(link).text == "hello"
    assert alice.get("/files/label.txt").text == "hello"


def test_chat(shop: Shop) -> None:
    with connect(f"ws://127.0.0.1:{shop.port}/chat/help") as socket:
        socket.send('{"author": "alice", "body": "is the pan oven-proof?"}')
        assert "oven-proof" in socket.recv()
    messages = shop.client("alice").get("/chat/help/messages").json()
    assert {"author": "alice", "body": "is the pan oven-proof?"} in messages


def test_feeds_are_imported(shop: Shop) -> None:
    sam = shop.client("sam")
    xml = b"<feed><item><name>Oak spoon</name><price>9.5</price></item></feed>"
    assert sam.post("/items/import/xml", files={"feed": xml}).json()[0]["name"] == "Oak spoon"
    yaml = b"items:\n  - name: Ash ladle\n    price: 11\n"
    assert sam.post("/items/import/yaml", files={"feed": yaml}).json()[0]["price"] == 11


def test_gift_card(shop: Shop) -> None:
    card = shop.client("sam").post("/payments/gift-cards", json={"amount": 25}).json()
    assert re.fullmatch(r"[A-Z2-7]+", card["code"])
    redeemed = shop.client("alice").post("/payments/gift-cards/redeem", json={"code": card["code"]})
    assert redeemed.json()["credit"] >= 25


def test_directory_and_reports(shop: Shop) -> None:
    alice = shop.client("alice")
    assert alice.get("/directory/staff", params={"name": "Ve"}).json()[0]["title"] == "buyer"
    assert alice.post("/directory/activity/search", json={}).json()[0]["user"] == 2
    assert "orders" in shop.anonymous.get("/reports/sales").json()
    rows = {"name": "week", "rows": [{"a": 1, "b": 2}]}
    assert shop.client("sam").post("/reports/export", json=rows).status_code == 201
    assert shop.client("sam").get("/reports/export/week").text == "1,2"


def test_wishlist_and_theme(shop: Shop) -> None:
    alice = shop.client("alice")
    assert alice.put("/wishlist/3").status_code == 204
    assert 3 in alice.get("/wishlist").json()
    assert alice.get("/pages/theme", params={"name": "dark"}).cookies["theme"] == "dark"


def test_internal_jobs(shop: Shop) -> None:
    assert shop.anonymous.get("/internal/terminals/key-size").json() == {"bits": 1024}
    first, again = (shop.anonymous.post("/internal/vouchers/7").json() for _ in range(2))
    assert first == again
