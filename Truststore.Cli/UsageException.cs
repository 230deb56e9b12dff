using System.Diagnostics.CodeAnalysis;

namespace Truststore.Cli;

/// <summary>The arguments or a file they name cannot be used; the message says what to do, on one line.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is always a message.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the tool.")]
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(SafeText.Show(message), innerException);
