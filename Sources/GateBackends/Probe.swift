internal import CCrypto
internal import CGit2
internal import CYAML
import FoundationEssentials
public func probe() -> String {
  git_libgit2_init()
  let c = EVP_sha256()
  var repo: OpaquePointer?
  let e = git_repository_open(&repo, "/work/main")
  return "\(String(cString: yaml_get_version_string())) \(c != nil) \(e)"
}
