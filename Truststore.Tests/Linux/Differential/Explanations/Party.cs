namespace Truststore.Tests.Linux.Differential;

/// <summary>Who is right in a dispute.</summary>
internal enum Party
{
    /// <summary>We are: a standard says so.</summary>
    Us,

    /// <summary>Both: no standard decides.</summary>
    Both,

    /// <summary>The peer is by the letter, and we depart from it knowingly.</summary>
    Peer,
}
