import MerlonBase

extension Weakness {
  /// What a language model answers is run as code, a command or SQL.
  package static let modelOutputTrusted = Weakness(
    id: "MRL318", name: "model-output-trusted", severity: .high, cwe: [1427, 94],
    owasp: [.web2021(3)], asvs: ["1.3.2"], practices: ["S19", "S20"], since: "0.1.0",
    summary: "What a language model answers is run as code, a command or SQL",
    why: """
      A model answers what its input talks it into: a user, a web page or a document that it was shown (prompt \
      injection). Whoever writes one of these writes the code that runs here.
      """,
    guide: [
      """
      Let the model choose among operations that the code knows, with arguments that a Pydantic model checks.
      """,
      """
      Where its code must run, run it in a sandbox without network, secrets and files of the host.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from openai import OpenAI

      app = FastAPI()
      client = OpenAI()


      @app.post("/compute")
      def compute(question: str) -> str:
          answer = client.chat.completions.create(
              model="small", messages=[{"role": "user", "content": "Write a Python expression: " + question}]
          )
          return str(eval(answer.choices[0].message.content))  # expect: MRL318
      """),
    safe: Example(
      """
      from ast import literal_eval

      from fastapi import FastAPI
      from openai import OpenAI

      app = FastAPI()
      client = OpenAI()


      @app.post("/compute")
      def compute(question: str) -> str:
          answer = client.chat.completions.create(
              model="small", messages=[{"role": "user", "content": "Answer with a number: " + question}]
          )
          return str(literal_eval(answer.choices[0].message.content))
      """),
    references: [
      "https://genai.owasp.org/llmrisk/llm01-prompt-injection/",
      "https://cwe.mitre.org/data/definitions/1427.html",
    ])
}
