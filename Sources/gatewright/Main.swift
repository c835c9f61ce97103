import GateBackends

@main struct Main { static func main() { print("gatewright \(probe())") } }
