@main struct Main { static func main() { print("gatewright 0.1.0") } }
