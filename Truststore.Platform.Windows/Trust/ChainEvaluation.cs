using Truststore.Certificates;
using Truststore.Platform.Windows.Interop;
using Truststore.Policy;

namespace Truststore.Platform.Windows.Trust;

/// <summary>Asks CryptoAPI about one request. Holds the native copies of its certificates.</summary>
internal sealed class ChainEvaluation : IDisposable
{
    /// <summary>CERT_CHAIN_POLICY_ALLOW_UNKNOWN_CA_FLAG.</summary>
    private const uint AllowUnknownAuthority = 0x10;

    private readonly ICryptoApi _api;
    private readonly ChainVerificationRequest _request;
    private readonly OfferedCertificates _offered;
    private readonly SafeStoreHandle _store;
    private readonly SafeCertificateHandle _endEntity;

    /// <exception cref="NativeCallException">A function failed.</exception>
    internal ChainEvaluation(ICryptoApi api, ChainVerificationRequest request, OfferedCertificates offered)
    {
        _api = api;
        _request = request;
        _offered = offered;
        _store = StoreReader.OpenMemoryStore(api);
        try
        {
            Fill();
            _endEntity = api.CertCreateCertificateContext(offered.EndEntity.RawData, out var error);
            if (_endEntity.IsInvalid)
            {
                _endEntity.Dispose();
                throw Failed(nameof(ICryptoApi.CertCreateCertificateContext), error);
            }
        }
        catch
        {
            _store.Dispose();
            throw;
        }
    }

    /// <summary>Asks an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="endsAtAnyAnchor">Whether the path may end at an added anchor that is not self-issued.</param>
    /// <exception cref="NativeCallException">A function failed, so that there is no verdict.</exception>
    internal NativeVerdict Evaluate(SafeChainEngineHandle engine, bool endsAtAnyAnchor)
    {
        var question = new ChainQuestion(ExtensionOids.Of(_request.Purpose), _request.VerificationTime, ChainFlags.Of(_request), _request.Limits.RetrievalTimeout);
        using var handle = _api.CertGetCertificateChain(engine, _endEntity, _store, question, out var error);
        if (handle.IsInvalid)
        {
            throw Failed(nameof(ICryptoApi.CertGetCertificateChain), error);
        }

        var chain = NativeChain.Read(handle);
        if (endsAtAnyAnchor && chain.ErrorStatus != 0 && chain.EndAt(_offered.Anchors) is { } shorter)
        {
            var (code, element) = ApplyPolicy(handle, AllowUnknownAuthority);
            return new NativeVerdict(shorter, code is StatusMapping.ChainingCode or StatusMapping.UntrustedRootCode ? 0 : code, element);
        }

        var answer = ApplyPolicy(handle, flags: 0);
        return new NativeVerdict(chain, answer.Code, answer.Element);
    }

    public void Dispose()
    {
        _endEntity.Dispose();
        _store.Dispose();
    }

    private void Fill()
    {
        foreach (var certificate in _offered.Others)
        {
            try
            {
                StoreReader.AddCertificate(_api, _store, certificate);
            }
            catch (NativeCallException error) when (StatusMapping.ReasonOf(error.Code) == FailureReason.MalformedCertificate)
            {
                // Windows does not take it for a certificate; it could not stand in a path.
            }
        }

        foreach (var list in _request.RevocationLists.Where(IsOffered))
        {
            if (!_api.CertAddEncodedCRLToStore(_store, list.RawData, out var error))
            {
                throw Failed(nameof(ICryptoApi.CertAddEncodedCRLToStore), error);
            }
        }
    }

    /// <summary>
    /// Whether CryptoAPI is given a list: one without a scope, or one that covers a certificate at hand for every reason. Whether
    /// CryptoAPI would take a list about other certificates or some reasons for an answer is not known; it must not excuse.
    /// </summary>
    private bool IsOffered(CertificateRevocationList list) =>
        list.Extensions.All(extension => extension.Oid is not ExtensionOids.IssuingDistributionPoint)
        || _offered.Others.Concat(_offered.Anchors).Prepend(_offered.EndEntity)
            .Where(certificate => certificate.Issuer.Equals(list.Issuer))
            .Any(certificate => RevocationListRules.FindReasons(list, certificate) == RevocationReasons.All);

    private (int Code, int Element) ApplyPolicy(SafeChainHandle chain, uint flags)
    {
        var name = _request is { CheckHostname: true, ReferenceIdentifier: { Kind: not ReferenceIdentifierKind.EmailAddress } reference } ? reference.Value : null;
        return _api.CertVerifyCertificateChainPolicy(chain, _request.Purpose == PeerPurpose.ServerAuthentication, name, flags, out var status, out var error)
            ? (unchecked((int)status.Error), status.ElementIndex)
            : throw Failed(nameof(ICryptoApi.CertVerifyCertificateChainPolicy), error);
    }

    private NativeCallException Failed(string function, int error) => new(function, error, _api.FormatMessage(error));
}
