import MerlonBase

extension Weakness {
  /// An OAuth 2.0 flow is declared that must no longer be used.
  package static let deprecatedOauth2Flow = Weakness(
    id: "MRL122", name: "deprecated-oauth2-flow", severity: .low, cwe: [477],
    owasp: [.api2023(2), .web2021(4)], asvs: ["10.4.4"], practices: ["S7"], since: "0.1.0",
    summary: "An OAuth 2.0 flow is declared that must no longer be used",
    why: """
      The implicit flow hands the access token over in the address of a redirect, where histories, logs and scripts \
      of other origins find it, and nothing ties it to the client that asked. The password flow gives the user's \
      password to the client, teaches users to type it anywhere, and rules out second factors and single sign-on. \
      RFC 9700 forbids the password flow and advises against implicit; OAuth 2.1 has neither. FastAPI's tutorial \
      uses the password flow for a login of its own front end: there it is a form with a standard shape, so it is \
      reported as information only.
      """,
    guide: [
      """
      Use the authorization code flow with PKCE: `OAuth2AuthorizationCodeBearer(authorizationUrl, tokenUrl)`, with \
      `usePkceWithAuthorizationCodeGrant` in `swagger_ui_init_oauth`.
      """,
      "Register exact redirect addresses at the identity provider, and switch both old flows off there.",
      """
      For a front end of your own, a login that sets a `__Host-` session cookie is simpler and safer than tokens in \
      scripts.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.openapi.models import OAuthFlowImplicit, OAuthFlows
      from fastapi.security import OAuth2

      app = FastAPI()
      flow = OAuthFlowImplicit(authorizationUrl="https://id.example.com/authorize")
      oauth2 = OAuth2(flows=OAuthFlows(implicit=flow))  # expect: MRL122
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.security import OAuth2AuthorizationCodeBearer

      app = FastAPI(swagger_ui_init_oauth={"usePkceWithAuthorizationCodeGrant": True})
      oauth2 = OAuth2AuthorizationCodeBearer(
          authorizationUrl="https://id.example.com/authorize", tokenUrl="https://id.example.com/token"
      )
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/477.html",
      "https://www.rfc-editor.org/rfc/rfc9700",
      "https://www.rfc-editor.org/rfc/rfc7636",
    ])
}
