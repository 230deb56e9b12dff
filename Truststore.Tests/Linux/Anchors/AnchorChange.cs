using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>One way in which a store of the first anchor changes under a running program.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Setup">Makes the store.</param>
/// <param name="Change">Changes it.</param>
/// <param name="Expected">The anchors after it.</param>
internal sealed record AnchorChange(string Name, Action<SystemRoot> Setup, Action<SystemRoot> Change, params CertificateInfo[] Expected)
{
    private const string Bundle = "/etc/ssl/cert.pem";
    private const string OtherBundle = "/etc/ssl/ca-bundle.pem";
    private const string Hashed = "/etc/ssl/certs/00000001.0";
    private const string OtherHashed = "/etc/ssl/certs/00000002.0";

    internal static IEnumerable<AnchorChange> All =>
    [
        new("another file is renamed over the bundle", root => root.Write(Bundle, First), root =>
        {
            root.Write(Bundle + ".new", Second);
            root.Move(Bundle + ".new", Bundle);
        }, Second),
        new("the file that is renamed over the bundle has the same length and time", root => root.WriteText(Bundle, Padded(First)), root =>
        {
            root.WriteText(Bundle + ".new", Padded(Second));
            File.SetLastWriteTimeUtc(root.PathOf(Bundle + ".new"), File.GetLastWriteTimeUtc(root.PathOf(Bundle)));
            root.Move(Bundle + ".new", Bundle);
        }, Second),
        new("the bundle is a link and then leads elsewhere", root =>
        {
            root.Write("/store/1.pem", First);
            root.Write("/store/2.pem", Second);
            root.Link(Bundle, "../../store/1.pem");
        }, root => root.Link(Bundle, "../../store/2.pem"), Second),
        new("the bundle is a link to a file that is rewritten", root =>
        {
            root.Write("/store/1.pem", First);
            root.Link(Bundle, "../../store/1.pem");
        }, root => root.Write("/store/1.pem", First, Second), First, Second),
        new("the directory of the bundle is a link and then leads elsewhere", root =>
        {
            root.Write("/store/1/cert.pem", First);
            root.Write("/store/2/cert.pem", Second);
            root.MakeDirectory("/etc");
            root.Link("/etc/ssl", "../store/1");
        }, root => root.Link("/etc/ssl", "../store/2"), Second),
        new("the bundle is rewritten in place", root => root.Write(Bundle, First), root => root.Write(Bundle, First, Third), First, Third),
        new("the bundle is rewritten in place at the same length", root => root.WriteText(Bundle, Padded(First)), root => root.WriteText(Bundle, Padded(Second)), Second),
        new("the bundle goes and another place has one", root =>
        {
            root.Write(Bundle, First);
            root.Write(OtherBundle, Second);
        }, root => root.Delete(Bundle), Second),
        new("a better place gets a bundle", root => root.Write(OtherBundle, First), root => root.Write(Bundle, Second), Second),
        new("a place that is a better one gets usable", root =>
        {
            root.WriteText(Bundle, "");
            root.Write(OtherBundle, First);
        }, root => root.Write(Bundle, Second), Second),
        new("a hashed directory gets a file", root => root.Write(Hashed, First), root => root.Write(OtherHashed, Second), First, Second),
        new("a hashed directory loses a file", root =>
        {
            root.Write(Hashed, First);
            root.Write(OtherHashed, Second);
        }, root => root.Delete(Hashed), Second),
        new("a file of a hashed directory is rewritten in place", root => root.Write(Hashed, First), root => root.Write(Hashed, Second, Third), Second, Third),
        new("a link of a hashed directory leads elsewhere", root =>
        {
            root.Write("/store/1.pem", First);
            root.Write("/store/2.pem", Second);
            root.Link(Hashed, "../../../store/1.pem");
        }, root => root.Link(Hashed, "../../../store/2.pem"), Second),
        new("a bundle comes where a hashed directory was", root => root.Write(Hashed, First), root => root.Write(Bundle, Second), Second),
        new("restrictions are added", root => root.WriteText(Bundle, TrustedPem(First)), root => root.WriteText(Bundle, TrustedPem(First, 0x30, 0x02, 0x30, 0x00)), First),
    ];

    // Certificates differ in length by a byte or two; a comment makes up for it.
    private static string Padded(CertificateInfo certificate) => Pem(certificate).PadRight(4000, '#');
}
