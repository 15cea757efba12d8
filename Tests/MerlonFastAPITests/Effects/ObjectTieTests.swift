import MerlonAPI
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import MerlonPython
import Testing

/// The named shapes of object-level and property-level authorisation.
@Suite("Objects and their callers")
struct ObjectTieTests {
  static let head = """
    from fastapi import Depends, HTTPException
    from pydantic import BaseModel, ConfigDict
    from sqlalchemy import select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
    class Base(DeclarativeBase): pass
    class User(Base):
      __tablename__ = "users"
      id: Mapped[int] = mapped_column(primary_key=True)
      role: Mapped[str]
    class Item(Base):
      __tablename__ = "items"
      id: Mapped[int] = mapped_column(primary_key=True)
      owner_id: Mapped[int]
    class AnyIn(BaseModel):
      model_config = ConfigDict(extra="allow")
    def current_user(token: str):  # principal
      return token
    def check(item, user):
      if item.owner_id != user.id: raise HTTPException(403)
    def own_item(item_id: int, db: Session, user=Depends(current_user)):
      item = db.get(Item, item_id)
      check(item, user)
      return item

    """

  @Test(
    "AT-16.1: an object that the caller chooses is tied to the caller by a query, a check or a dependency, or not at all",
    arguments: [
      ("return db.get(Item, item_id)", ObjectAccess.Tie.none),
      ("return db.scalar(select(Item).where(Item.id == item_id, Item.owner_id == user.id))", .queried),
      ("item = db.get(Item, item_id); check(item, user); return item", .compared),
    ])
  func ties(body: String, tie: ObjectAccess.Tie) throws {
    let source =
      "@app.get('/{item_id}')\ndef f(item_id: int, db: Session, user=Depends(current_user)):  # endpoint\n  \(body)\n"
    #expect(try facts(source).objectAccesses.map(\.tie) == [tie])
  }

  @Test("AT-16.1: a check in a dependency counts")
  func dependency() throws {
    let source = "@app.get('/{item_id}')\ndef f(item=Depends(own_item)):  # endpoint\n  return item\n"
    #expect(try facts(source).objectAccesses.map(\.tie) == [.checkedByDependency])
  }

  @Test("AT-17.1: a row that leaves without a model is told")
  func rowReturned() throws {
    let source =
      "@app.get('/me')\ndef f(db: Session, user=Depends(current_user)):  # endpoint\n  return db.get(User, user.id)\n"
    #expect(try facts(source).traits.map(\.kind) == [.entityReturned])
  }

  @Test("AT-21.1: a body of any fields that is spread into a row is told")
  func massAssignment() throws {
    let source =
      "@app.post('/users')\ndef f(body: AnyIn, db: Session):  # endpoint\n  db.add(User(**body.model_dump()))\n"
    #expect(try facts(source).traits.map(\.kind) == [.massAssignment])
  }

  private func facts(_ source: String) throws -> EffectFacts {
    let program = Program(
      files: [SourceFile(path: "app.py", text: Self.head + source)],
      options: ProgramOptions(libraries: ModelledLibraries(LibraryModels.builtIn)))
    let module = try #require(program.modules.first)
    let operation = try #require(EffectHarness(program: program, module: module).operations().first)
    return EffectReader(program: program, models: LibraryModels.builtIn).read(
      endpoint: operation.endpoint, dependencies: operation.dependencies, response: operation.response)
  }
}
