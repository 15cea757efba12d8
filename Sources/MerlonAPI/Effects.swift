public import MerlonBase

/// Something that an operation does beyond computing an answer.
public struct Effect: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case read, create, update, delete
    /// Mail, messages, calls to other services.
    case send
    /// Commands, code, jobs.
    case execute
    case fileRead, fileWrite
    /// Issues a token, sets a password, changes what a principal may do.
    case credential
    /// Money or stock changes hands.
    case payment
  }

  public var kind: Kind
  /// What it acts on: the entity, table or resource by name; empty when not known.
  public var target: String
  /// The call.
  public var location: SourceLocation
  /// Functions between the operation and the call, the operation's own left out.
  public var through: [FlowStep]

  public init(kind: Kind, target: String, location: SourceLocation, through: [FlowStep] = []) {
    self.kind = kind
    self.target = target
    self.location = location
    self.through = through
  }
}

/// An object that is loaded, changed or deleted by an identifier which the caller chooses.
public struct ObjectAccess: Sendable, Hashable {
  public var effect: Effect.Kind
  /// Entity or collection by name; empty when not known.
  public var entity: String
  /// The parameter that chooses the object: `item_id`, `body.file_id`.
  public var parameter: String
  public var place: Parameter.Place
  /// How the caller takes part in choosing or checking the object.
  public var tie: Tie
  /// The load, update or delete.
  public var location: SourceLocation
  public var steps: [FlowStep]
  /// Field of the entity that names its owner or tenant, `Order.owner_id` where that lies in the parent; nil when the
  /// entity has none or is not known: then anyone may be meant to see it.
  public var ownerField: String?
  /// True when the objects are the callers themselves (accounts, users).
  public var isPrincipalEntity: Bool
  /// True when only the name of code that can't be followed tells what happens.
  public var isNameOnly: Bool

  public enum Tie: String, Sendable, Hashable {
    /// The query is bound to the principal (`owner_id == user.id`).
    case queried
    /// The object (or its container) is compared with the principal, or handed to a check together with it.
    case compared
    /// A dependency has checked the same identifier.
    case checkedByDependency
    /// Only another identifier of the request is checked.
    case otherIdentifierChecked
    /// The object belongs to the principal by definition (its own id).
    case own
    /// A role or permission decides, not the object.
    case role
    /// Nothing ties it to the caller.
    case none
    /// A call that could not be followed gets both the identifier and the principal.
    case unknown
  }

  public init(
    effect: Effect.Kind, entity: String, parameter: String, place: Parameter.Place, tie: Tie, location: SourceLocation,
    steps: [FlowStep] = []
  ) {
    self.effect = effect
    self.entity = entity
    self.parameter = parameter
    self.place = place
    self.tie = tie
    self.location = location
    self.steps = steps
    self.ownerField = nil
    self.isPrincipalEntity = false
    self.isNameOnly = false
  }
}

/// A property of an operation's code that a rule may judge.
public struct OperationTrait: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// The handler reads the body itself (`await request.json()`).
    case rawBody
    /// A whole model or dictionary of the caller is spread into a stored object.
    case massAssignment
    /// The answer is a database object without a filtering model.
    case entityReturned
    /// An explicit response object bypasses the declared model.
    case responseModelBypassed
    /// A field of the caller decides role, owner or tenant.
    case privilegeFromInput
    /// The caller's identity is read from a parameter, header or unverified token.
    case identityFromInput
    /// A WebSocket is accepted before its check, or without one.
    case acceptedBeforeCheck
    /// A guard is called and its result not used, or used for another object.
    case guardResultIgnored
    /// A list or search without the owner's filter that the single-object operation has.
    case listWithoutOwnerFilter
    /// The answer to a refused login tells whether the account exists.
    case accountEnumeration
    /// A credential is checked and the refusal is not logged.
    case refusalNotLogged
    /// A secret or token that the operation hands out never expires.
    case tokenWithoutExpiry
  }

  public var kind: Kind
  /// Parameter, field, entity or function that it is about.
  public var subject: String
  /// One sentence, lower case start, no full stop.
  public var message: String
  public var location: SourceLocation
  public var steps: [FlowStep]

  public init(kind: Kind, subject: String, message: String, location: SourceLocation, steps: [FlowStep] = []) {
    self.kind = kind
    self.subject = subject
    self.message = message
    self.location = location
    self.steps = steps
  }
}
