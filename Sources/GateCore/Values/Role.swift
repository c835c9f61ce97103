/// Which of the two models.
package enum Role: String, Sendable, CaseIterable { case champion, candidate }
