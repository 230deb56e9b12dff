using System.Diagnostics.CodeAnalysis;

namespace Truststore.Streams;

/// <summary>A peer has sent more than <see cref="VerificationLimits.MaxHandshakeSize"/>; the context turns it into a verdict.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It does not leave the library.")]
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It has one meaning.")]
internal sealed class HandshakeTooLargeException() : IOException("The peer has sent more than VerificationLimits.MaxHandshakeSize before the end of the handshake.");
