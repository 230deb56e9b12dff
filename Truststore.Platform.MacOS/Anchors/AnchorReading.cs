using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Truststore.Certificates;
using Truststore.Platform.MacOS.Interop;
using Truststore.Platform.MacOS.Trust;

namespace Truststore.Platform.MacOS.Anchors;

/// <summary>
/// One look at the anchors: the domains of trust settings, the stronger first, then the roots that are trusted without a condition. No policy with revocation takes part, here or in what
/// is called (SecTrust.cpp:258 uses the basic X.509 policy), so that nothing waits for a network.
/// </summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The CFScope disposes of them.")]
internal sealed class AnchorReading
{
    private static readonly string[] s_tlsUsages = [ExtensionOids.Of(PeerPurpose.ServerAuthentication), ExtensionOids.Of(PeerPurpose.ClientAuthentication)];

    private readonly HashSet<CertificateInfo> _decided = [];
    private readonly List<TrustAnchor> _anchors = [];
    private readonly List<SystemAnchorsSource> _tried = [];

    /// <exception cref="SystemAnchorsNotFoundException">There is none.</exception>
    internal AnchorReading()
    {
        ReadDomain(TrustSettingsDomain.User, "trust settings of the user");
        ReadDomain(TrustSettingsDomain.Admin, "trust settings of the administrator");
        ReadDomain(TrustSettingsDomain.System, "trust settings of the system");
        ReadUnconditionalRoots();
        if (_anchors.Count == 0)
        {
            var places = string.Join("; ", _tried.Select(t => $"{t.Location}: {t.Remark}"));
            throw new SystemAnchorsNotFoundException($"macOS has no trust anchors. {places}. Look at the System Roots in Keychain Access, or leave the system's anchors out (UseSystemAnchors = false) and add your own.", _tried);
        }
    }

    /// <summary>The anchors in the order of their source.</summary>
    internal IReadOnlyList<TrustAnchor> Anchors => _anchors;

    /// <summary>Every place that was looked at.</summary>
    internal IReadOnlyList<SystemAnchorsSource> Tried => _tried;

    private void ReadDomain(TrustSettingsDomain domain, string name)
    {
        var tally = new AnchorTally();
        Read(
            name,
            tally,
            (out certificates) => SecurityFramework.SecTrustSettingsCopyCertificates((uint)domain, out certificates),
            nameof(SecurityFramework.SecTrustSettingsCopyCertificates),
            (handle, certificate) => Decide(TrustSettings.Read(handle, certificate.IsSelfIssued, domain), certificate, tally));
    }

    private void ReadUnconditionalRoots()
    {
        var tally = new AnchorTally();
        Read(
            "trusted roots",
            tally,
            SecurityFramework.SecTrustCopyAnchorCertificates,
            nameof(SecurityFramework.SecTrustCopyAnchorCertificates),
            (_, certificate) => Decide(new TrustSettings(TrustSettingsResult.TrustRoot), certificate, tally));
    }

    private void Read(string name, AnchorTally tally, CopyCertificates copy, string function, Action<SafeCFHandle, CertificateInfo> decide)
    {
        using var scope = new CFScope();
        var status = copy(out var certificates);
        scope.Add(certificates);
        try
        {
            if (status != SecurityStatus.NoTrustSettings)
            {
                CFReader.Check(status, function);
                ReadCertificates(scope, certificates, tally, decide);
            }
        }
        catch (NativeCallException error)
        {
            tally.Problem = error.Message;
        }

        _tried.Add(new SystemAnchorsSource($"Security.framework, {name}", tally.Added, tally.Describe()));
    }

    private void ReadCertificates(CFScope scope, SafeCFHandle certificates, AnchorTally tally, Action<SafeCFHandle, CertificateInfo> decide)
    {
        if (certificates.IsInvalid)
        {
            return;
        }

        foreach (var handle in scope.Elements(certificates))
        {
            try
            {
                var certificate = CertificateInfo.ParseOwned(CFReader.ReadCertificate(handle));
                if (!_decided.Contains(certificate))
                {
                    decide(handle, certificate);
                }
            }
            catch (CertificateFormatException)
            {
                tally.Malformed++;
            }
        }
    }

    private void Decide(TrustSettings settings, CertificateInfo certificate, AnchorTally tally)
    {
        switch (settings.Result)
        {
            case TrustSettingsResult.TrustRoot or TrustSettingsResult.TrustAsRoot:
                _decided.Add(certificate);
                _anchors.Add(new TrustAnchor(certificate, settings.IsForTlsOnly ? s_tlsUsages : null));
                tally.Added++;
                break;

            case TrustSettingsResult.Deny:
                _decided.Add(certificate);
                tally.Denied++;
                break;

            case TrustSettingsResult.Unspecified:
                break;

            default:
                // Settings that cannot be read may be a denial.
                _decided.Add(certificate);
                tally.Unreadable++;
                tally.Problem = settings.Problem ?? string.Create(CultureInfo.InvariantCulture, $"a setting has the unknown result {(int)settings.Result}");
                break;
        }
    }

    private delegate int CopyCertificates(out SafeCFHandle certificates);
}
