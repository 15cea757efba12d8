@main
struct MerlonCommand {
  static func main() {}
}
