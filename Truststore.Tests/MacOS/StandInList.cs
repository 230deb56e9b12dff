namespace Truststore.Tests.MacOS;

/// <summary>The lists of certificates that the stand-in keeps; the numbers are those of standin.h.</summary>
internal enum StandInList
{
    SystemAnchors = 0,
    UserDomain = 1,
    AdminDomain = 2,
    SystemDomain = 3,
}
