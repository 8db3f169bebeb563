/// What an error means for the connection that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the RFCs tell these two apart, and no third")]
pub enum Severity {
    /// The condition may pass: the connection must not be given up for it.
    Soft,
    /// The condition will not pass by itself: RFC 1122 §4.2.3.9 lets a connection be given up for
    /// it. RFC 5461 and RFC 5927 tell why many implementations do not.
    Hard,
}
