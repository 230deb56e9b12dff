namespace Truststore.Platform.Windows.Interop;

/// <summary>The functions of CryptoAPI that this project calls, one member each. What fails gives an invalid handle or <see langword="false"/>, and the last error.</summary>
internal interface ICryptoApi
{
    SafeStoreHandle CertOpenStore(nint provider, uint flags, string? name, out int error);

    bool CertAddEncodedCertificateToStore(SafeStoreHandle store, ReadOnlyMemory<byte> encoded, out int error);

    bool CertAddEncodedCRLToStore(SafeStoreHandle store, ReadOnlyMemory<byte> encoded, out int error);

    SafeCertificateHandle CertCreateCertificateContext(ReadOnlyMemory<byte> encoded, out int error);

    /// <summary>Gives the next certificate and frees the previous one.</summary>
    /// <returns>A certificate context, or zero at the end.</returns>
    nint CertEnumCertificatesInStore(SafeStoreHandle store, nint previous);

    void CertFreeCertificateContext(nint context);

    /// <returns>The property's octets, or <see langword="null"/> where the certificate has no such property.</returns>
    byte[]? CertGetCertificateContextProperty(nint context, uint property);

    SafeChainEngineHandle CertCreateCertificateChainEngine(SafeStoreHandle exclusiveRoots, uint configSize, uint exclusiveFlags, out int error);

    SafeChainHandle CertGetCertificateChain(SafeChainEngineHandle engine, SafeCertificateHandle certificate, SafeStoreHandle additionalStore, ChainQuestion question, out int error);

    /// <summary>Applies CERT_CHAIN_POLICY_SSL.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="isServer">Whether the peer is a server.</param>
    /// <param name="serverName">The name to check, or <see langword="null"/> for none.</param>
    /// <param name="flags">What the policy overlooks.</param>
    /// <param name="status">The HRESULT of the policy, zero where the chain passes, and where it failed.</param>
    /// <param name="error">The last error where the call itself failed.</param>
    bool CertVerifyCertificateChainPolicy(SafeChainHandle chain, bool isServer, string? serverName, uint flags, out CertChainPolicyStatus status, out int error);

    /// <summary>The system's words for a code.</summary>
    string FormatMessage(int code);
}
