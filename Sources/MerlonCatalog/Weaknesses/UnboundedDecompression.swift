import MerlonBase

extension Weakness {
  /// Data of the caller's is unpacked in memory without a bound.
  package static let unboundedDecompression = Weakness(
    id: "MRL806", name: "unbounded-decompression", severity: .medium, cwe: [409],
    owasp: [.api2023(4)], asvs: ["5.2.3"], practices: ["S18"], since: "0.1.0",
    summary: "Data of the caller's is unpacked in memory without a bound",
    why: """
      A kilobyte of zeros, packed, becomes a megabyte, and packed twice a gigabyte: one request takes the memory of the \
      process, however small bodies must be.
      """,
    guide: [
      """
      Unpack by parts and stop at a bound: `zlib.decompressobj().decompress(data, max_length)`.
      """,
      """
      Refuse packed bodies where nothing needs them.
      """,
    ],
    unsafe: Example(
      """
      import gzip

      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.post("/import")
      async def take(request: Request) -> int:
          return len(gzip.decompress(await request.body()))  # expect: MRL806
      """),
    safe: Example(
      """
      import zlib

      from fastapi import FastAPI, HTTPException, Request

      app = FastAPI()
      LIMIT = 1 << 20


      @app.post("/import")
      async def take(request: Request) -> int:
          unpacker = zlib.decompressobj(wbits=31)
          data = unpacker.decompress(await request.body(), LIMIT)
          if unpacker.unconsumed_tail:
              raise HTTPException(413)
          return len(data)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/409.html",
      "https://docs.python.org/3/library/zlib.html",
    ])
}
