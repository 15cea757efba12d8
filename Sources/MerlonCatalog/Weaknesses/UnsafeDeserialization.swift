import MerlonBase

extension Weakness {
  /// Data from outside is read by a deserialiser that runs code.
  package static let unsafeDeserialization = Weakness(
    id: "MRL310", name: "unsafe-deserialization", severity: .high, cwe: [502],
    owasp: [.api2023(10), .web2021(8)], asvs: ["1.5.2"], practices: ["S38"], since: "0.1.0",
    summary: "Data from outside is read by a deserialiser that runs code",
    why: """
      A pickle is a small program: it names a function and its arguments, and loading it makes the call. `os.system` \
      is a function like any other, so who can choose the bytes runs commands on the server. `dill`, `cloudpickle`, \
      `shelve`, `joblib.load`, `jsonpickle.decode`, `marshal`, `torch.load(…, weights_only=False)` and \
      `numpy.load(…, allow_pickle=True)` do the same. Uploads, queues, caches and model files from a hub are all \
      outside. Harmless for bytes that the same process has just written, and for `numpy` and `torch` with their \
      safe defaults.
      """,
    guide: [
      """
      Take a format that holds data only: JSON checked by a Pydantic model, MessagePack, or `safetensors` for \
      weights.
      """,
      """
      For PyTorch keep `weights_only=True` (the default since 2.6), and for NumPy `allow_pickle=False` (the \
      default).
      """,
      """
      If a pickle must cross a border that you control on both sides, sign it with HMAC and check the signature \
      before loading.
      """,
    ],
    unsafe: Example(
      """
      import pickle
      from typing import Annotated

      from fastapi import FastAPI, File

      app = FastAPI()


      @app.post("/carts/restore")
      def restore_cart(data: Annotated[bytes, File(max_length=65536)]) -> dict[str, int]:
          cart = pickle.loads(data)  # expect: MRL310
          return {"items": len(cart)}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import FastAPI, File
      from pydantic import BaseModel, Field

      app = FastAPI()


      class Cart(BaseModel):
          items: list[int] = Field(max_length=100)


      @app.post("/carts/restore")
      def restore_cart(data: Annotated[bytes, File(max_length=65536)]) -> dict[str, int]:
          cart = Cart.model_validate_json(data)
          return {"items": len(cart.items)}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/502.html",
      "https://docs.python.org/3/library/pickle.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html",
    ])
}
