import GateCore
import GateSystem

/// What a CI system says of the pull request that it runs for.
struct PullRequest: Sendable {
  /// Who says it, as its makers write it.
  let system: String
  /// What it would be merged into: a branch of the remote, or a commit's id.
  let target: String
  /// The labels it has, as far as the system tells.
  var labels: [String] = []

  /// How one system says it; nil from `read`: this is no pull request of it.
  private struct Reader: Sendable {
    let system: String
    let read: @Sendable () -> (target: String, labels: [String])?
  }

  /// Every system that is known, with the variables that its documentation names; a new one is a line here.
  private static let readers = [
    Reader(system: "GitHub Actions") {
      guard Variables["GITHUB_ACTIONS"] != nil, let branch = Variables["GITHUB_BASE_REF"] else {
        return nil
      }
      return (branch.ofRemote, Variables["GITHUB_EVENT_PATH"].map(eventLabels) ?? [])
    },
    Reader(system: "GitLab CI") {
      guard Variables["GITLAB_CI"] != nil else { return nil }
      let branch = Variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]?.ofRemote
      let labels = Variables["CI_MERGE_REQUEST_LABELS"]?.split(separator: ",").map(String.init)
      return (Variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] ?? branch).map { ($0, labels ?? []) }
    },
    Reader(system: "Azure Pipelines") {
      guard Variables["TF_BUILD"] != nil else { return nil }
      return Variables["SYSTEM_PULLREQUEST_TARGETBRANCH"].map { ($0.ofRemote, []) }
    },
    Reader(system: "Jenkins") {
      guard Variables["JENKINS_URL"] != nil else { return nil }
      return Variables["CHANGE_TARGET"].map { ($0.ofRemote, []) }
    },
    Reader(system: "Buildkite") {
      guard Variables["BUILDKITE"] != nil, let number = Variables["BUILDKITE_PULL_REQUEST"],
        number != "false"
      else { return nil }
      return Variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"].map { ($0.ofRemote, []) }
    },
    // It names no target branch, so that the one a clone begins with is taken.
    Reader(system: "CircleCI") {
      guard Variables["CIRCLECI"] != nil, Variables["CIRCLE_PULL_REQUEST"] != nil else {
        return nil
      }
      return ("origin/HEAD", [])
    },
    Reader(system: "Bitbucket Pipelines") {
      guard Variables["BITBUCKET_BUILD_NUMBER"] != nil else { return nil }
      return Variables["BITBUCKET_PR_DESTINATION_BRANCH"].map { ($0.ofRemote, []) }
    },
  ]

  /// Those that are known, as their makers write them.
  static var systems: [String] { readers.map(\.system) }

  /// The pull request that this is a job of; nil: none that is known.
  static var here: PullRequest? {
    for reader in readers {
      if let (target, labels) = reader.read() {
        return PullRequest(system: reader.system, target: target, labels: labels)
      }
    }
    return nil
  }

  /// The labels in GitHub's account of the event; none where it cannot be read.
  private static func eventLabels(_ path: String) -> [String] {
    guard let bytes = try? readFile(path, limit: 64 << 20),
      let event = try? JSON(parsing: String(decoding: bytes, as: UTF8.self), name: path),
      case .array(let labels)? = event["pull_request"]?["labels"]
    else { return [] }
    return labels.compactMap { label in
      if case .string(let name)? = label["name"] { name } else { nil }
    }
  }
}

extension String {
  /// A branch as a clone has it of its remote.
  fileprivate var ofRemote: String {
    "origin/" + (hasPrefix("refs/heads/") ? String(dropFirst("refs/heads/".count)) : self)
  }
}
