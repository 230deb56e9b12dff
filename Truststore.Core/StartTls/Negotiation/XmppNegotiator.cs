using System.Globalization;
using System.Security;

namespace Truststore.Negotiation;

/// <summary>XMPP: stream, features, starttls (RFC 6120 §4 and §5).</summary>
/// <remarks>The certificate has to be for the domain that the stream is opened to (RFC 6120 §13.7.2.1, RFC 7590 §3.4). SRV-IDs and XmppAddr names are not looked at.</remarks>
internal sealed class XmppNegotiator(string content) : INegotiator
{
    private const string Streams = "http://etherx.jabber.org/streams";
    private const string Tls = "urn:ietf:params:xml:ns:xmpp-tls";

    private static readonly IdnMapping s_idn = new() { AllowUnassigned = true };

    private bool IsServer => content is "jabber:server";

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var reader = new XmppReader(session);
        await session.SendAsync(StartTlsStep.Capabilities, StreamHeader(session), cancellationToken).ConfigureAwait(false);
        if (await reader.ReadAsync(0, cancellationToken).ConfigureAwait(false) is not { IsEmpty: false } stream || !stream.Is("stream", Streams))
        {
            throw session.Unexpected("it opened no stream of XMPP.");
        }

        if (!await ReadFeaturesAsync(session, reader, cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("starttls is not among the stream's features.");
        }

        await session.SendAsync(StartTlsStep.Request, $"<starttls xmlns='{Tls}'/>", cancellationToken).ConfigureAwait(false);
        var answer = await ReadChildAsync(session, reader, cancellationToken).ConfigureAwait(false);
        if (answer.Is("failure", Tls))
        {
            throw session.Refused("the server declined starttls.");
        }

        if (!answer.Is("proceed", Tls))
        {
            throw session.Unexpected("the answer to starttls is neither proceed nor failure.");
        }

        if (!answer.IsEmpty && await reader.ReadAsync(1, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw session.Unexpected("proceed has content.");
        }
    }

    // A child of the stream. An error ends the stream (RFC 6120 §4.9.1.1), and so does its end tag.
    private static async Task<XmppTag> ReadChildAsync(PlaintextSession session, XmppReader reader, CancellationToken cancellationToken)
    {
        var child = await reader.ReadAsync(0, cancellationToken).ConfigureAwait(false);
        if (child is null)
        {
            throw session.Refused("the server closed the stream.");
        }

        if (!child.Is("error", Streams))
        {
            return child;
        }

        // For the message: which error it is.
        await reader.ReadAsync(1, cancellationToken).ConfigureAwait(false);
        throw session.Refused("the server ended the stream with an error.");
    }

    private static async Task<bool> ReadFeaturesAsync(PlaintextSession session, XmppReader reader, CancellationToken cancellationToken)
    {
        var features = await ReadChildAsync(session, reader, cancellationToken).ConfigureAwait(false);
        if (!features.Is("features", Streams))
        {
            throw session.Unexpected("the stream does not begin with its features.");
        }

        var offersTls = false;
        while (!features.IsEmpty && await reader.ReadAsync(features.Depth, cancellationToken).ConfigureAwait(false) is { } feature)
        {
            offersTls |= feature.Depth == features.Depth + 1 && feature.Is("starttls", Tls);
        }

        return offersTls;
    }

    private string StreamHeader(PlaintextSession session)
    {
        var from = IsServer && session.Options.ClientName is { } name ? $" from='{SecurityElement.Escape(name)}'" : string.Empty;
        return $"<?xml version='1.0'?><stream:stream to='{SecurityElement.Escape(Domain(session.Reference))}'{from} version='1.0' xml:lang='en' xmlns='{content}' xmlns:stream='{Streams}'>";
    }

    // RFC 7622 §3.2: U-labels; an IPv6 address in brackets.
    private static string Domain(ReferenceIdentifier reference) => reference switch
    {
        { Kind: ReferenceIdentifierKind.DnsName } => ToUnicode(reference.Value),
        { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{reference.Value}]",
        _ => reference.Value,
    };

    // Not every name that begins with xn-- is an A-label; one that is none is sent as it is.
    private static string ToUnicode(string name)
    {
        try
        {
            return s_idn.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
