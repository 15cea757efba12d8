"""The attacks that succeed on the vulnerable twin are refused here."""

import base64
import hashlib
import hmac
import io
import json
import pickle
import tarfile
import time

import httpx
import jwt
import pytest
from conftest import LocalServer, Shop
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

CARD = {"number": "4111111111111111", "expiry": "12/30"}


def segment(value: dict | bytes) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(subject: int | str, **changes: object) -> dict:
    now = int(time.time())
    return {
        "sub": str(subject),
        "aud": "shop",
        "iss": "larkspur",
        "iat": now,
        "exp": now + 300,
        "version": 0,
        **changes,
    }


class TestTokens:
    def test_own_token_of_the_right_shape_is_accepted(self, shop: Shop) -> None:
        token = jwt.encode(claims(shop.user_id("admin")), shop.env["SHOP_ACCESS_TOKEN_KEY"])
        assert shop.bearer(token).get("/users/me").json()["role"] == "admin"

    @pytest.mark.parametrize(
        "changes",
        [{"exp": 1}, {"aud": "other"}, {"iss": "other"}, {"version": 5}, {"sub": "x"}]
        + [{name: None} for name in ("exp", "aud", "iss", "iat", "sub", "version")],
        ids=str,
    )
    def test_wrong_claims(self, shop: Shop, changes: dict) -> None:
        body = claims(shop.user_id("admin"), **changes)
        body = {name: value for name, value in body.items() if value is not None}
        token = jwt.encode(body, shop.env["SHOP_ACCESS_TOKEN_KEY"])
        assert shop.bearer(token).get("/users/me").status_code == 401

    def test_unsigned_token(self, shop: Shop) -> None:
        body = claims(shop.user_id("admin"))
        for algorithm in ("none", "None", "HS256"):
            token = f"{segment({'alg': algorithm, 'typ': 'JWT'})}.{segment(body)}."
            assert shop.bearer(token).get("/users/me").status_code == 401

    @pytest.mark.parametrize("key", ["secret", "a-string-secret-at-least-256-bits-long"])
    def test_well_known_key(self, shop: Shop, key: str) -> None:
        token = jwt.encode(claims(1), key)
        assert shop.bearer(token).get("/users/me").status_code == 401

    def test_public_key_as_shared_key(self, shop: Shop) -> None:
        key = shop.anonymous.get("/sso/key").text.encode()
        head = f"{segment({'alg': 'HS256', 'typ': 'JWT'})}.{segment(claims(1))}"
        token = f"{head}.{segment(hmac.digest(key, head.encode(), hashlib.sha256))}"
        assert shop.anonymous.get("/sso/callback", params={"token": token}).status_code == 422
        assert shop.bearer(token).get("/users/me").status_code == 401

    def test_refresh_token_as_access_token(self, shop: Shop) -> None:
        email, password = shop.new_customer()
        token = shop.login(email, password)["refresh_token"]
        assert shop.bearer(token).get("/users/me").status_code == 401

    def test_refresh_token_twice_ends_all_sessions(self, shop: Shop) -> None:
        email, password = shop.new_customer()
        pair = shop.login(email, password)
        body = {"refresh_token": pair["refresh_token"]}
        renewed = shop.anonymous.post("/auth/refresh", json=body).json()
        assert shop.anonymous.post("/auth/refresh", json=body).status_code == 401
        for token in (pair["access_token"], renewed["access_token"]):
            assert shop.bearer(token).get("/users/me").status_code == 401

    @pytest.mark.parametrize("kid", ["../uploads/mine", "", "/dev/null", "other"])
    def test_key_named_by_the_token(self, shop: Shop, kid: str) -> None:
        token = jwt.encode(claims("x", aud="shop-service"), "x" * 32, headers={"kid": kid})
        answer = shop.anonymous.get("/partners/stock", headers={"X-Service-Token": token})
        assert answer.status_code == 401

    def test_payload_without_signature(self, shop: Shop) -> None:
        token = f"x.{segment({'sub': shop.user_id('bob')})}.x"
        assert shop.bearer(token).get("/wishlist").status_code == 401

    def test_share_link_for_another_file(self, shop: Shop) -> None:
        bob, alice = shop.client("bob"), shop.client("alice")
        bob.post("/files", files={"file": ("bobs-diary.txt", b"dear diary")})
        own = alice.post("/files", files={"file": ("own.txt", b"mine")}).json()
        link = alice.post(f"/files/{own['id']}/share").json()["link"]
        assert shop.anonymous.get(f"{link}&name=bobs-diary.txt").text == "mine"

    def test_wallet_token_holds_no_card(self, shop: Shop) -> None:
        token = shop.client("alice").post("/payments/wallet-token", json=CARD).json()["wallet"]
        assert "1111" not in str(jwt.decode(token, options={"verify_signature": False}))

    def test_cookie_has_all_flags(self, shop: Shop) -> None:
        form = {"username": "alice@larkspur.example", "password": shop.password}
        cookie = httpx.post(f"{shop.url}/auth/token", data=form).headers["set-cookie"].lower()
        for flag in ("__host-session=", "httponly", "secure", "samesite=strict", "path=/"):
            assert flag in cookie

    def test_cookie_changes_nothing(self, shop: Shop) -> None:
        headers = {"Cookie": f"__Host-session={shop.token('alice')}"}
        assert shop.anonymous.get("/users/me", headers=headers).status_code == 200
        answer = shop.anonymous.patch("/users/me", json={"address": "x"}, headers=headers)
        assert answer.status_code == 401


class TestAuthentication:
    @pytest.mark.parametrize("password", ["admin", "admin123", "admin@larkspur.example"])
    def test_default_passwords(self, shop: Shop, password: str) -> None:
        form = {"username": "admin@larkspur.example", "password": password}
        assert shop.anonymous.post("/auth/token", data=form).status_code in {401, 422}
        answer = shop.anonymous.post(
            "/admin/maintenance/ping", json={"host": "localhost"}, auth=("admin", password)
        )
        assert answer.status_code == 401

    def test_answers_do_not_tell_who_exists(self, shop: Shop) -> None:
        answers = set()
        for name in ["alice@larkspur.example", "nobody@larkspur.example"]:
            form = {"username": name, "password": "wrong password"}
            login = shop.anonymous.post("/auth/token", data=form)
            forgot = shop.anonymous.post("/auth/password/forgot", json={"email": name})
            body = {"email": name, "password": "a long password", "full_name": "x"}
            register = shop.anonymous.post("/auth/register", json=body)
            answers.add((login.text, forgot.text, register.text))
        assert len(answers) == 1

    def test_reset_mail_ignores_the_host(self, shop: Shop) -> None:
        email, _ = shop.new_customer()
        headers = {"Host": "evil.example"}
        answer = shop.anonymous.post(
            "/auth/password/forgot", json={"email": email}, headers=headers
        )
        assert answer.status_code == 400
        shop.anonymous.post("/auth/password/forgot", json={"email": email})
        assert shop.url in shop.mail_to(email)

    @pytest.mark.parametrize("password", ["a", "short", "x" * 500])
    def test_weak_password(self, shop: Shop, password: str) -> None:
        body = {"email": "x@larkspur.example", "password": password, "full_name": "x"}
        assert shop.anonymous.post("/auth/register", json=body).status_code == 422

    @pytest.mark.parametrize("token", [None, "x" * 30])
    def test_till_without_token(self, shop: Shop, token: str | None) -> None:
        headers = {"X-Terminal-Token": token} if token else {}
        answer = shop.anonymous.post("/orders/1/pickup", headers=headers)
        assert answer.status_code in {401, 422}

    def test_refund_needs_key_and_login(self, shop: Shop) -> None:
        body = {"payment_id": 1}
        key = shop.env["SHOP_REFUND_KEY"]
        for client, headers in [
            (shop.anonymous, {"X-Refund-Key": key}),
            (shop.client("alice"), {"X-Refund-Key": key}),
            (shop.client("sam"), {"X-Refund-Key": "larkspur-refunds-2021"}),
        ]:
            answer = client.post("/payments/refund", json=body, headers=headers)
            assert answer.status_code in {401, 403}
        answer = shop.client("sam").post("/payments/refund", json=body, params={"api_key": key})
        assert answer.status_code in {401, 403}


class TestLimits:
    def test_large_bodies_are_refused(self, shop: Shop) -> None:
        body = {"email": "x" * 200_000}
        assert shop.anonymous.post("/auth/password/forgot", json=body).status_code == 413
        alice = shop.client("alice")
        for size in (5_100_000, 12_000_000):
            answer = alice.post("/files", files={"file": ("big.txt", b"x" * size)})
            assert answer.status_code == 413

    def test_large_bodies_are_refused_before_the_login_is_looked_at(self, shop: Shop) -> None:
        answer = shop.anonymous.post("/files", files={"file": ("big.txt", b"x" * 7_000_000)})
        assert answer.status_code in {401, 413}

    def test_page_size(self, shop: Shop) -> None:
        assert shop.anonymous.get("/items", params={"limit": 10**9}).status_code == 422


class TestAuthorization:
    def test_foreign_order(self, shop: Shop) -> None:
        order = shop.client("alice").post("/orders", json={"lines": [{"item_id": 2}]}).json()
        bob = shop.client("bob")
        path = f"/orders/{order['id']}"
        assert bob.get(path).status_code == 404
        assert bob.patch(path, json={"shipping_address": "Bob's"}).status_code == 404
        assert bob.post(f"{path}/cancel").status_code == 404
        assert bob.get(f"{path}/invoice").status_code == 404
        assert bob.post(f"{path}/gift-note", json={"template": "x"}).status_code == 404

    def test_other_users(self, shop: Shop) -> None:
        alice, bob = shop.client("alice"), shop.user_id("bob")
        assert alice.get(f"/users/{bob}").status_code == 404
        assert alice.delete(f"/users/{bob}").status_code == 403
        assert alice.post(f"/users/{bob}/deactivate").status_code == 403
        assert "password" not in shop.client("sam").get(f"/users/{bob}").text
        assert "password" not in shop.client("sam").get("/users").text

    def test_foreign_file(self, shop: Shop) -> None:
        stored = shop.client("bob").post("/files", files={"file": ("bob.txt", b"x")}).json()
        alice = shop.client("alice")
        assert alice.get("/files/bob.txt").status_code == 404
        assert alice.post(f"/files/{stored['id']}/share").status_code == 404
        assert alice.post("/files/bob.txt/thumbnail").status_code == 404

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/users"),
            ("GET", "/admin/users"),
            ("POST", "/admin/users"),
            ("PUT", "/admin/users/1/role"),
            ("GET", "/admin/audit"),
            ("GET", "/admin/metrics"),
            ("GET", "/admin/debug/settings"),
            ("POST", "/admin/maintenance/ping"),
            ("POST", "/admin/cache/restore"),
            ("POST", "/items"),
            ("PUT", "/items/1"),
            ("DELETE", "/items/1"),
            ("POST", "/items/import/xml"),
            ("POST", "/items/import/yaml"),
            ("POST", "/payments/gift-cards"),
            ("GET", "/reports/sales"),
            ("GET", "/reports/query"),
            ("GET", "/reports/finance"),
            ("GET", "/reports/open"),
            ("POST", "/reports/export"),
            ("GET", "/reports/export/week"),
            ("POST", "/partners"),
        ],
    )
    def test_staff_routes(self, shop: Shop, method: str, path: str) -> None:
        assert shop.anonymous.request(method, path).status_code in {401, 422}
        assert shop.client("alice").request(method, path).status_code in {403, 422}

    def test_staff_is_not_admin(self, shop: Shop) -> None:
        sam = shop.client("sam")
        role = {"role": "admin"}
        assert sam.put(f"/admin/users/{shop.user_id('sam')}/role", json=role).status_code == 403
        assert sam.get("/reports/finance").status_code == 403

    @pytest.mark.parametrize(
        "path",
        ["/internal/stock", "/internal/terminals/key-size", "/exports/customers.csv"]
        + ["/partners/orders", "/wishlist", "/orders", "/orders/track", "/files", "/users/me"],
    )
    def test_nothing_is_open_by_accident(self, shop: Shop, path: str) -> None:
        headers = {"X-Partner-Role": "manager"}
        assert shop.anonymous.get(path, headers=headers).status_code in {401, 403}

    def test_internal_post(self, shop: Shop) -> None:
        answer = shop.anonymous.post("/internal/credit/1", json={"amount": 5})
        assert answer.status_code == 401

    def test_guard_is_not_bypassed_by_the_host(self, shop: Shop) -> None:
        answer = shop.raw("GET /exports/customers.csv HTTP/1.1\nHost: x/y?\nConnection: close\n\n")
        assert answer.startswith("HTTP/1.1 400")

    def test_role_in_the_body(self, shop: Shop) -> None:
        body = {
            "email": "x@larkspur.example",
            "password": "a long password",
            "full_name": "x",
            "role": "admin",
        }
        assert shop.anonymous.post("/auth/register", json=body).status_code == 422
        alice = shop.client("alice")
        for changes in ({"role": "admin"}, {"credit": 100}, {"is_active": True}):
            assert alice.patch("/users/me", json=changes).status_code == 422
        assert alice.get("/users/me").json()["role"] == "customer"

    def test_price_in_the_order(self, shop: Shop) -> None:
        lines = [{"item_id": 3, "quantity": 1, "unit_price": 0.01}]
        answer = shop.client("alice").post("/orders", json={"lines": lines})
        assert answer.status_code == 422

    @pytest.mark.parametrize("quantity", [-1, 0, 10**6, "NaN"])
    def test_odd_quantities(self, shop: Shop, quantity: object) -> None:
        lines = [{"item_id": 3, "quantity": quantity}]
        answer = shop.client("alice").post("/orders", json={"lines": lines})
        assert answer.status_code == 422

    @pytest.mark.parametrize("price", ["NaN", "Infinity", "-1"])
    def test_odd_prices(self, shop: Shop, price: str) -> None:
        content = f'{{"name": "x", "price": {price}}}'
        headers = {"Content-Type": "application/json"}
        answer = shop.client("sam").post("/items", content=content, headers=headers)
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        ("origin", "header"),
        [
            (None, None),
            ("https://evil.example", "Authorization"),
            ("https://evil.example", "Cookie"),
            (None, "Cookie"),
        ],
    )
    def test_chat_from_elsewhere(self, shop: Shop, origin: str | None, header: str | None) -> None:
        token = shop.token("alice")
        values = {"Authorization": f"Bearer {token}", "Cookie": f"__Host-session={token}"}
        headers = {header: values[header]} if header else {}
        address = f"ws://127.0.0.1:{shop.port}/chat/open"
        with (
            pytest.raises(InvalidStatus),
            connect(address, origin=origin, additional_headers=headers),
        ):
            pass


class TestInjection:
    @pytest.mark.parametrize(
        "q", ["%' UNION SELECT id, email, password_hash, 1.0, 1 FROM users -- ", "%", "_", "'"]
    )
    def test_sql_in_the_search(self, shop: Shop, q: str) -> None:
        assert shop.anonymous.get("/items/search", params={"q": q}).json() == []

    def test_sql_in_the_sort_order_and_header(self, shop: Shop) -> None:
        sort = "CASE WHEN 1=1 THEN id ELSE -id END"
        assert shop.anonymous.get("/items", params={"sort": sort}).status_code == 422
        headers = {"X-Region": "(SELECT email FROM users WHERE id = 1)"}
        assert shop.anonymous.get("/items/by-region", headers=headers).status_code == 422

    def test_sql_in_a_chat_message(self, shop: Shop) -> None:
        headers = {"Authorization": f"Bearer {shop.token('alice')}"}
        address = f"ws://127.0.0.1:{shop.port}/chat/sql"
        body = "' || (SELECT email FROM users WHERE id = 1) || '"
        with connect(address, additional_headers=headers) as socket:
            socket.send(json.dumps({"body": body}))
            socket.recv()
        assert shop.client("bob").get("/chat/sql/messages").json()[0]["body"] == body

    def test_sql_as_report(self, shop: Shop) -> None:
        answer = shop.client("admin").get("/reports/query", params={"name": "SELECT 1"})
        assert answer.status_code == 422

    def test_code_in_a_price_formula(self, shop: Shop) -> None:
        alice = shop.client("alice")
        for body in ({"formula": "1337"}, {"plan": "__import__('os')"}):
            assert alice.post("/items/1/quote", json=body).status_code == 422

    def test_command_in_ping(self, shop: Shop) -> None:
        body = {"host": "localhost; echo 42"}
        answer = shop.client("admin").post("/admin/maintenance/ping", json=body)
        assert answer.status_code == 422

    def test_command_in_a_background_task(self, shop: Shop) -> None:
        answer = shop.client("alice").post("/files/x; echo 42 > proof.txt;/thumbnail")
        assert answer.status_code == 404
        assert not (shop.data / "uploads" / "proof.txt").exists()

    def test_template_in_a_gift_note(self, shop: Shop) -> None:
        alice = shop.client("alice")
        order = alice.post("/orders", json={"lines": [{"item_id": 2}]}).json()
        path = f"/orders/{order['id']}/gift-note"
        for template in ("{{ 6 * 7 }}", "${6*7}", "{order.owner.password_hash}"):
            answer = alice.post(path, json={"template": template})
            assert answer.json()["gift_note"] == template

    def test_script_in_pages(self, shop: Shop) -> None:
        script = "<script>alert(1)</script>"
        pages = [shop.anonymous.get("/pages/search", params={"q": script}).text]
        body = {"name": "Pot", "price": 1, "description": script}
        item = shop.client("sam").post("/items", json=body).json()
        shop.client("alice").post(f"/items/{item['id']}/reviews", json={"body": script})
        pages.append(shop.anonymous.get(f"/pages/items/{item['id']}").text)
        order = shop.client("alice").post(
            "/orders", json={"lines": [{"item_id": 2}], "shipping_address": script}
        )
        pages.append(shop.client("alice").get(f"/orders/{order.json()['id']}/invoice").text)
        form = {"name": script, "message": "x"}
        pages.append(shop.anonymous.post("/pages/contact", data=form).text)
        assert not any("<script>" in page for page in pages)
        assert all("&lt;script&gt;" in page for page in pages)

    def test_headers_and_redirects(self, shop: Shop) -> None:
        for name in ("dark; Domain=larkspur.example", "dark\r\nX-Planted: yes"):
            assert shop.anonymous.get("/pages/theme", params={"name": name}).status_code == 422
        for path, name in (("/pages/goto", "url"), ("/sso/login", "next")):
            for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
                answer = shop.anonymous.get(path, params={name: target})
                assert answer.status_code == 422

    def test_ldap_filter(self, shop: Shop) -> None:
        alice = shop.client("alice")
        for name in ("Mina*)(homePhone=+358 40 555 0136", "*)(uid=*", "*"):
            answer = alice.get("/directory/staff", params={"name": name})
            assert answer.status_code == 422

    @pytest.mark.parametrize(
        "criteria", [{"visibility": "staff"}, {"action": {"$ne": "x"}}, {"$where": "1"}]
    )
    def test_mongo_criteria(self, shop: Shop, criteria: dict) -> None:
        answer = shop.client("alice").post("/directory/activity/search", json=criteria)
        assert answer.status_code == 422

    def test_log_line(self, shop: Shop) -> None:
        form = {"name": "x", "message": "hi\nINFO shop admin logged in"}
        shop.anonymous.post("/pages/contact", data=form)
        assert "\nINFO shop admin logged in" not in shop.log

    def test_name_does_not_take_the_regular_expression_down(self, shop: Shop) -> None:
        alice = shop.client("alice")
        name = alice.get("/users/me").json()["full_name"]
        alice.patch("/users/me", json={"full_name": "a" * 60 + "!"})
        review = alice.post("/items/1/reviews", json={"body": "nice"}).json()
        alice.patch("/users/me", json={"full_name": name})
        assert review["author"] == "A customer"


class TestFilesAndFeeds:
    def test_upload_stays_in_the_folder(self, shop: Shop) -> None:
        answer = shop.client("alice").post("/files", files={"file": ("../planted.txt", b"x")})
        assert answer.json()["name"] == "planted.txt"
        assert not (shop.data / "planted.txt").exists()
        assert not (shop.data / "uploads" / "planted.txt").exists()

    @pytest.mark.parametrize("name", ["page.html", "run.py", "x.svg", "..", "noname"])
    def test_other_kinds_of_files(self, shop: Shop, name: str) -> None:
        answer = shop.client("alice").post("/files", files={"file": (name, b"x")})
        assert answer.status_code == 415

    def test_download_is_an_attachment(self, shop: Shop) -> None:
        alice = shop.client("alice")
        alice.post("/files", files={"file": ("a.txt", b"<script>", "text/html")})
        headers = alice.get("/files/a.txt").headers
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"].startswith("attachment")

    @pytest.mark.parametrize("path", ["..%2fshop.db", "%2e%2e%2fshop.db", "..%5cshop.db"])
    def test_download_outside_the_folder(self, shop: Shop, path: str) -> None:
        assert shop.client("alice").get(f"/files/{path}").status_code == 404

    @pytest.mark.parametrize("kind", ["outside", "absolute", "link", "many", "compressed"])
    def test_archives(self, shop: Shop, kind: str) -> None:
        archive = io.BytesIO()
        mode = "w:gz" if kind == "compressed" else "w"
        with tarfile.open(fileobj=archive, mode=mode) as bundle:
            names = {"outside": "../../from-archive.txt", "absolute": "/tmp/../from-archive.txt"}
            entry = tarfile.TarInfo(names.get(kind, "entry"))
            if kind == "link":
                entry.type, entry.linkname = tarfile.SYMTYPE, "../../shop.db"
            for _ in range(200 if kind == "many" else 1):
                bundle.addfile(entry)
        files = {"file": ("a.tar", archive.getvalue())}
        answer = shop.client("alice").post("/files/archive", files=files)
        assert answer.status_code in {201, 400} if kind == "absolute" else answer.status_code == 400
        assert not (shop.data / "from-archive.txt").exists()

    @pytest.mark.parametrize("name", ["../from-export", "a/b", "", ".hidden", "x\n"])
    def test_export_outside_the_folder(self, shop: Shop, name: str) -> None:
        body = {"name": name, "rows": [{"a": "x"}]}
        assert shop.client("sam").post("/reports/export", json=body).status_code == 422

    @pytest.mark.parametrize(
        "feed",
        [
            b'<!DOCTYPE f [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            b"<f><item><name>&e;</name></item></f>",
            b'<!DOCTYPE f [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
            b"<f><item><name>&b;</name></item></f>",
            b"<f",
        ],
    )
    def test_xml(self, shop: Shop, feed: bytes) -> None:
        answer = shop.client("sam").post("/items/import/xml", files={"feed": feed})
        assert answer.status_code == 400

    def test_yaml(self, shop: Shop) -> None:
        feed = b"items: [{name: !!python/object/apply:os.getcwd [], price: 1}]"
        answer = shop.client("sam").post("/items/import/yaml", files={"feed": feed})
        assert answer.status_code == 400

    def test_pickle(self, shop: Shop) -> None:
        data = base64.b64encode(pickle.dumps({"x": 1})).decode()
        answer = shop.client("admin").post("/admin/cache/restore", json={"data": data})
        assert answer.status_code == 422


class TestOutbound:
    @pytest.mark.parametrize(
        "url",
        [
            "http://169.254.169.254/latest/meta-data/",
            "https://169.254.169.254/",
            "https://2852039166/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://localhost/",
            "https://localhost:8443/",
            "https://hooks.larkspur.example@127.0.0.1/",
            "https://127.0.0.1#hooks.larkspur.example",
            "https://hooks.larkspur.example.evil.example/",
            "file:///etc/passwd",
            "https://hooks.larkspur.example:22/",
            "https://[oops/",
        ],
    )
    def test_refused_addresses(self, settings, monkeypatch, url: str) -> None:
        from shop.services import outbound

        monkeypatch.setattr(outbound, "get_settings", lambda: settings)
        monkeypatch.setattr(outbound, "resolve", lambda host: ["127.0.0.1"])
        with pytest.raises(outbound.TargetRefused):
            outbound.check(url)

    @pytest.mark.parametrize(
        "addresses",
        [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["fe80::1"], ["::ffff:10.0.0.1"], []],
        ids=str,
    )
    def test_names_that_resolve_to_the_inside(self, settings, monkeypatch, addresses) -> None:
        from shop.services import outbound

        monkeypatch.setattr(outbound, "get_settings", lambda: settings)
        monkeypatch.setattr(outbound, "resolve", lambda host: addresses)
        with pytest.raises(outbound.TargetRefused):
            outbound.check("https://hooks.larkspur.example/x")

    def test_the_checked_address_is_called(self, settings, monkeypatch) -> None:
        from shop.services import outbound

        monkeypatch.setattr(outbound, "get_settings", lambda: settings)
        monkeypatch.setattr(outbound, "resolve", lambda host: ["93.184.216.34"])
        seen: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(302, headers={"Location": "http://127.0.0.1/"})

        client = httpx.Client

        def with_transport(**options: object) -> httpx.Client:
            return client(transport=httpx.MockTransport(answer), **options)

        monkeypatch.setattr(outbound.httpx, "Client", with_transport)
        assert outbound.send_event("https://hooks.larkspur.example/x?y=1", {"a": 1}) == 302
        assert [str(request.url) for request in seen] == ["https://93.184.216.34/x?y=1"]
        assert seen[0].headers["host"] == "hooks.larkspur.example"
        assert seen[0].extensions["sni_hostname"] == "hooks.larkspur.example"
        timestamp, signature = seen[0].headers["x-timestamp"], seen[0].headers["x-signature"]
        assert outbound.signature_matches(seen[0].content, timestamp, signature)

    def test_inside_is_not_reached(self, shop: Shop, listener: LocalServer) -> None:
        alice = shop.client("alice")
        answers = [
            alice.get("/webhooks/preview", params={"url": f"{listener.url}/latest"}),
            alice.post("/webhooks", json={"url": f"{listener.url}/hook"}),
            alice.post("/webhooks/avatar", json={"url": f"{listener.url}/a.png"}),
            alice.post("/webhooks", json={"url": "https://localhost/"}),
        ]
        assert {answer.status_code for answer in answers} == {400}
        assert {answer.json()["detail"] for answer in answers} == {"This address is not available"}
        assert listener.calls == []

    def test_billing_events(self, shop: Shop) -> None:
        alice = shop.client("alice")
        order = alice.post("/orders", json={"lines": [{"item_id": 2}]}).json()
        body = json.dumps({"order": order["number"], "status": "paid"}).encode()

        def send(key: str, timestamp: int) -> int:
            signed = str(timestamp).encode() + b"." + body
            signature = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
            headers = {"X-Signature": signature, "X-Timestamp": str(timestamp)}
            return shop.anonymous.post(
                "/webhooks/incoming/billing", content=body, headers=headers
            ).status_code

        now = int(time.time())
        key = shop.env["SHOP_WEBHOOK_SECRET"]
        assert send("webhook-token-changeme", now) == 403
        assert send(key, now - 3600) == 403
        assert alice.get(f"/orders/{order['id']}").json()["status"] == "open"
        assert send(key, now) == 200
        assert alice.get(f"/orders/{order['id']}").json()["status"] == "paid"


class TestConfiguration:
    @pytest.mark.parametrize("path", ["/auth/token", "/pages/contact"])
    def test_forms_of_other_sites(self, shop: Shop, path: str) -> None:
        form = {"username": "alice@larkspur.example", "password": shop.password}
        headers = {"Origin": "https://evil.example"}
        assert shop.anonymous.post(path, data=form, headers=headers).status_code in {403, 422}
        headers = {"Origin": shop.url}
        assert shop.anonymous.post("/auth/token", data=form, headers=headers).is_success

    def test_other_origins_get_nothing(self, shop: Shop) -> None:
        for path in ("/items", "/users/me", "/internal/stock"):
            for origin in ("https://evil.example", "https://evil-larkspur.example", "null"):
                headers = {"Origin": origin, "Cookie": "__Host-session=x"}
                answer = shop.anonymous.get(path, headers=headers)
                assert "access-control-allow-origin" not in answer.headers
        answer = shop.anonymous.get("/items", headers={"Origin": shop.url})
        assert answer.headers["access-control-allow-origin"] == shop.url
        assert "access-control-allow-credentials" not in answer.headers

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/", 200),
            ("GET", "/health", 200),
            ("GET", "/nowhere", 404),
            ("DELETE", "/health", 405),
            ("GET", "/items?limit=x", 422),
            ("GET", "/users/me", 401),
            ("GET", "/internal/stock", 401),
            ("GET", "/static/shop.css", 200),
            ("GET", "/internal/nowhere", 404),
            ("OPTIONS", "/items", 405),
        ],
    )
    def test_headers_are_on_every_answer(
        self, shop: Shop, method: str, path: str, status: int
    ) -> None:
        answer = shop.anonymous.request(method, path)
        assert answer.status_code == status
        assert_headers(answer.headers)

    def test_headers_are_on_a_refused_host(self, shop: Shop) -> None:
        answer = shop.anonymous.get("/health", headers={"Host": "evil.example"})
        assert answer.status_code == 400
        assert_headers(answer.headers)

    @pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/internal/docs"])
    def test_documents_are_closed(self, shop: Shop, path: str) -> None:
        assert shop.anonymous.get(path).status_code in {401, 404}

    def test_validation_error_repeats_nothing(self, shop: Shop) -> None:
        body = {"password": "my-dear-secret", "nope": "also-secret"}
        answer = shop.anonymous.post("/auth/register", json=body)
        assert answer.status_code == 422
        assert "my-dear-secret" not in answer.text and "also-secret" not in answer.text

    def test_no_secret_is_logged(self, shop: Shop) -> None:
        _, password = shop.new_customer("logged-in-clear?")
        shop.anonymous.post("/auth/token", data={"username": "a@b.example", "password": password})
        alice = shop.client("alice")
        order = alice.post("/orders", json={"lines": [{"item_id": 2}]}).json()
        alice.post("/payments", json={"order_id": order["id"], "card": CARD})
        assert password not in shop.log
        assert CARD["number"] not in shop.log

    def test_refusals_are_logged(self, shop: Shop) -> None:
        shop.client("alice").get("/admin/users")
        form = {"username": "alice@larkspur.example", "password": "wrong password"}
        shop.anonymous.post("/auth/token", data=form)
        lines = [line for line in shop.log.splitlines() if "shop.security" in line]
        events = [json.loads(line[line.index("{") :]) for line in lines]
        assert any(e["event"] == "refused" and e["path"] == "/admin/users" for e in events)
        assert any(e["event"] == "login refused" for e in events)

    def test_body_without_content_type(self, shop: Shop) -> None:
        alice = shop.client("alice")
        assert alice.post("/webhooks/events", content=b'{"type": "x"}').status_code == 422


def assert_headers(headers: httpx.Headers) -> None:
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers
    assert "strict-transport-security" not in headers
