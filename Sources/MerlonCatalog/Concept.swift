/// What a library's function, class, constant or parameter means for security, independent of the library's name.
///
/// Rules ask concepts; library models (`.pyi` files) carry them: `@concept("jwtDecode")` on callables and classes,
/// `Annotated[…, Concept("certNone")]` on constants. A concept that a model names and this list does not know is an
/// error of the model, reported with its place. Parameters play roles (`Role("key")`), listed with each concept.
package enum Concept: String, Sendable, Hashable, CaseIterable {
  // MARK: Tokens and sessions

  /// Checks and reads a JSON web token. Roles: `token`, `key`, `algorithms`, `options`, `verify`, `audience`, `issuer`.
  case jwtDecode
  /// Issues a JSON web token. Roles: `claims`, `key`, `algorithm`.
  case jwtEncode
  /// Reads the claims of a token without checking its signature. Role: `token`.
  case jwtUnverifiedClaims
  /// Reads the header of a token, which no signature protects yet. Role: `token`.
  case jwtUnverifiedHeader
  /// A middleware that keeps the session in a signed cookie. Roles: `key`, `httpsOnly`, `sameSite`, `maxAge`.
  case sessionMiddleware
  /// Sets a cookie on a response. Roles: `name`, `value`, `secure`, `httpOnly`, `sameSite`.
  case setCookie
  /// Hashes a password for storage. Roles: `password`, `rounds`, `salt`.
  case passwordHash
  /// Checks a password against its stored hash. Roles: `password`, `hash`.
  case passwordVerify
  /// An object that hashes passwords by a configured scheme. Roles: `schemes`, `rounds`.
  case passwordContext
  /// Compares two strings in time that does not depend on where they differ.
  case constantTimeCompare

  /// Lets nobody on without a verified credential: as a dependency, or by returning. Role: `optional` (true: gives
  /// `None` to strangers).
  case callerAuthenticator
  /// Gives such a callable. Roles: `optional`, `superuser`, `scopes`.
  case authenticatorFactory
  /// A decorator that does so for the function that it wraps. Role: `scopes`.
  case authenticationDecorator
  /// Checks a signature or token of another kind than JWT, and raises for a wrong one. Role: `token`.
  case tokenVerify

  // MARK: FastAPI and Starlette

  /// An ASGI application object. Roles: `debug`, `docsURL`, `redocURL`, `openapiURL`, `dependencies`, `middleware`.
  case application
  case router
  case includeRouter
  /// `@app.get("/path")` and the other methods. Roles: `path`, `responseModel`, `dependencies`, `responseClass`.
  case routeDecorator
  /// `add_api_route`. Roles: those of `routeDecorator`, and `endpoint`.
  case addRoute
  /// `@app.middleware("http")`.
  case middlewareDecorator
  /// Puts another ASGI application below a path. Roles: `path`, `app`.
  case mount
  /// `app.add_middleware(Class, **options)`. Role: `middlewareClass`.
  case addMiddleware
  /// `Middleware(Class, **options)`. Role: `middlewareClass`.
  case middlewareEntry
  /// `Depends(callable)` and `Security(callable, scopes=…)`. Roles: `dependency`, `scopes`.
  case depends
  /// A class of `fastapi.security`. Role: `autoError`.
  case securityScheme
  case apiKeyQuery
  case httpBasic
  /// Roles: `flows`, `tokenURL`.
  case oauth2Scheme
  /// Roles: `origins`, `originRegex`, `credentials`, `methods`, `headers`.
  case corsMiddleware
  /// Role: `allowedHosts`.
  case trustedHostMiddleware
  case httpsRedirectMiddleware
  /// Role: `trustedHosts`.
  case proxyHeadersMiddleware
  /// Roles: `status`, `detail`, `headers`.
  case httpException
  /// Roles: `content`, `status`, `headers`, `mediaType`.
  case response
  case htmlResponse
  /// Role: `url`.
  case redirectResponse
  /// Roles: `directory`, `followSymlinks`.
  case staticFiles
  /// A base class of middlewares.
  case middlewareBase
  case request
  case webSocket
  /// Starts a server. Roles: `app`, `host`, `reload`, `forwardedAllowIPs`, `proxyHeaders`.
  case serverRun
  case requestValidationError
  case uploadFile
  /// `@app.exception_handler(Class)`, `app.add_exception_handler(Class, handler)`. Roles: `exceptionClass`, `handler`.
  case exceptionHandlerRegistration
  /// A mapping of response headers.
  case responseHeaders
  case rateLimiter

  // MARK: Unsafe input

  /// Rebuilds objects from bytes in a way that can run code. Roles: `data`, `safeOption`.
  case unsafeDeserialize
  /// Rebuilds objects only when an option says so. Role: `unsafeOption`.
  case pickleLoadOption
  /// Roles: `data`, `loader`.
  case yamlLoad
  case yamlSafeLoader
  case yamlUnsafeLoader
  /// Parses XML. Roles: `data`, `parser`.
  case xmlParse
  /// Makes an XML parser. Roles: `resolveEntities`, `noNetwork`, `hugeTree`, `loadDTD`.
  case xmlParser
  /// Unpacks a whole archive. Roles: `path`, `members`, `filter`.
  case archiveExtract
  case archiveOpen
  case insecureTemporaryFile
  /// Roles: `path`, `mode`.
  case openFile
  /// Role: `autoescape`.
  case templateEnvironment
  /// Role: `source`, `autoescape`.
  case templateFromString
  case templates

  // MARK: Transport

  /// Sends an HTTP request. Roles: `url`, `verify`, `timeout`; `@concept` argument `defaultTimeout` says if it has one.
  case httpRequest
  /// An HTTP client object. Roles: `verify`, `timeout`.
  case httpClient
  case unverifiedTLSContext
  case tlsContext
  case certNone
  case obsoleteTLSVersion

  // MARK: Cryptography

  /// A broken hash. Roles: `data`, `usedForSecurity`.
  case weakHash
  /// A sound but fast hash: wrong for passwords. Role: `data`.
  case fastHash
  /// A hash chosen by name. Roles: `algorithm`, `data`, `usedForSecurity`.
  case hashByName
  /// Derives a key from a password. Roles: `algorithm`, `password`, `salt`, `iterations`.
  case keyDerivation
  case weakCipher
  case cipherModeECB
  /// A cipher mode with an initialization vector or nonce. Role: `iv`.
  case cipherModeIV
  case insecureRandom
  case secureRandom
  /// Role: `bits`.
  case generateRSAKey
  case generateDSAKey
  /// Roles: `key`, `data`, `algorithm`.
  case hmacNew

  // MARK: Settings, logs, errors

  /// Reads an environment variable. Roles: `name`, `default`.
  case environmentValue
  /// A class whose fields are filled from the environment.
  case settingsBase
  /// A class whose fields are validated input or output (Pydantic).
  case modelBase
  /// Describes a field of a model. Roles: `default`, `minLength`, `maxLength`, `exclude`, `pattern`, and
  /// `backtrackingPattern` for what only versions take that match with `re`.
  case field
  /// Writes to a log. Roles: `message`.
  case loggerCall
  /// Gives the text of the current exception's traceback.
  case tracebackText
  case exceptionInfo
  case print

  // MARK: Effects

  /// Opens a session of a database or a client of a store.
  case storeSession
  /// Runs a program. Role: `command`.
  case executeCommand
  /// Runs Python code given as text. Role: `code`.
  case executeCode
  /// Hands work to another process. Role: `task`.
  case enqueueJob
  /// Sends mail or a message. Roles: `recipient`, `message`.
  case sendMessage
  /// Moves money: a charge, a refund, a payout.
  case payment
  /// Reads a file. Role: `path`.
  case fileRead
  /// Writes, moves or deletes files. Roles: `path`, `target`.
  case fileWrite
  /// Gets a statement of SQL as text. Role: `statement`.
  case sqlText
  /// Compiles or applies a regular expression with an engine that backtracks. Roles: `pattern`, `flags`. Marks: `match`,
  /// `fullmatch`, `search` for how it is applied at once.
  case patternCompile

  // MARK: Libraries judged as a whole

  case unmaintainedJose
  case unmaintainedPasslib
  case unmaintainedSanitizer
}

/// The part that a parameter plays in a concept: `Role("key")` in a model, `.key` in a rule.
package struct Role: Sendable, Hashable, ExpressibleByStringLiteral {
  package let name: String
  package init(_ name: String) { self.name = name }
  package init(stringLiteral name: String) { self.name = name }
}
