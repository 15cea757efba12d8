import MerlonAPI
import Testing

@Suite struct APIModelTests {
  @Test func aCallableIsNamedByModuleAndName() {
    #expect(CodeReference(module: "shop.api", qualifiedName: "Items.read").fullName == "shop.api.Items.read")
    #expect(CodeReference(module: "", qualifiedName: "read").fullName == "read")
  }
}
