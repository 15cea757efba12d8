@main
struct MerlonDevCommand {
  static func main() {}
}
