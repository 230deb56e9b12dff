using System.Runtime.CompilerServices;
using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows.Trust;

/// <summary>A chain that CryptoAPI has built, copied out of its memory.</summary>
/// <param name="ErrorStatus">What is wrong with all of it: bits of <see cref="StatusMapping"/>.</param>
/// <param name="Elements">The certificates, the end-entity's first.</param>
internal sealed record NativeChain(uint ErrorStatus, IReadOnlyList<NativeElement> Elements)
{
    /// <summary>Copies the first simple chain; there are more only where a certificate trust list joins them, and the status covers all.</summary>
    internal static unsafe NativeChain Read(SafeChainHandle handle)
    {
        ref readonly var context = ref Unsafe.AsRef<CertChainContext>((void*)handle.DangerousGetHandle());
        var elements = new List<NativeElement>();
        if (context.ChainCount > 0)
        {
            ref readonly var chain = ref Unsafe.AsRef<CertSimpleChain>(*(void**)context.Chains);
            foreach (var pointer in new ReadOnlySpan<nint>((void*)chain.Elements, checked((int)chain.ElementCount)))
            {
                ref readonly var element = ref Unsafe.AsRef<CertChainElement>((void*)pointer);
                var revocation = (CertRevocationInfo*)element.RevocationInfo;
                elements.Add(new NativeElement(StoreReader.ReadEncoded(element.CertContext).ToArray(), element.TrustStatus.ErrorStatus)
                {
                    IsKnownNotRevoked = revocation is not null && revocation->RevocationResult == 0,
                });
            }
        }

        return new NativeChain(context.TrustStatus.ErrorStatus, elements);
    }

    /// <summary>The chain up to the first certificate that is an anchor, whoever has issued it; <see langword="null"/> where there is none or something else is wrong too.</summary>
    /// <param name="anchors">The anchors.</param>
    internal NativeChain? EndAt(IReadOnlyList<CertificateInfo> anchors)
    {
        // What is wrong above an anchor, its own signature and its revocation do not matter: RFC 5280 §6.1 starts below it.
        const uint revocation = StatusMapping.RevocationUnknown | StatusMapping.RevocationOffline;
        const uint ofIssuers =
            StatusMapping.PartialChain | StatusMapping.UntrustedRoot | StatusMapping.InvalidSignature | StatusMapping.Cyclic | revocation;
        var unexplained = ErrorStatus & ~(StatusMapping.PartialChain | StatusMapping.UntrustedRoot | StatusMapping.Cyclic);
        foreach (var element in Elements)
        {
            unexplained &= ~element.ErrorStatus;
        }

        for (var i = 0; i < Elements.Count; i++)
        {
            var isAnchor = anchors.Any(anchor => anchor.RawData.Span.SequenceEqual(Elements[i].Encoded.Span));
            if ((Elements[i].ErrorStatus & (isAnchor ? ~ofIssuers : uint.MaxValue)) != 0)
            {
                return null;
            }

            if (isAnchor)
            {
                // The revocation of an end-entity certificate does matter, anchor or not.
                var status = i == 0 ? Elements[i].ErrorStatus & revocation : 0;
                return unexplained == 0 ? new NativeChain(status, [.. Elements.Take(i), Elements[i] with { ErrorStatus = status }]) : null;
            }
        }

        return null;
    }
}
