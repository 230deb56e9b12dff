using System.Runtime.InteropServices;

namespace Truststore.Tests.MacOS;

/// <summary>What one test, on its thread, has the stand-in do, and what it sees of the objects. Plans and counts are the thread's own, so that tests run beside each other.</summary>
internal sealed class StandIn
{
    private readonly StandInLibrary _library;

    /// <summary>Starts with nothing planned and no objects; skips the test where the stand-in cannot be built.</summary>
    internal StandIn()
    {
        _library = StandInLibrary.Require();
        Reset();
    }

    private delegate void ResetFunction();

    private delegate nint LiveFunction();

    private delegate nint MisuseFunction();

    private delegate void FailFunction([MarshalAs(UnmanagedType.LPUTF8Str)] string function, int nth, long value);

    private delegate void SetFunction([MarshalAs(UnmanagedType.LPUTF8Str)] string name, long value);

    private delegate int CallsFunction([MarshalAs(UnmanagedType.LPUTF8Str)] string function);

    private delegate void SetDescriptionFunction([MarshalAs(UnmanagedType.LPArray)] ushort[] units, long count);

    private delegate void AppendFunction(int list, nint element);

    private delegate nint TextFunction([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    private delegate nint NumberFunction(long value);

    private delegate nint ListFunction([MarshalAs(UnmanagedType.LPArray)] nint[] elements, long count);

    private delegate nint CertificateFunction([MarshalAs(UnmanagedType.LPArray)] byte[] der, long size, nint settings);

    private delegate void ReleaseFunction(nint cf);

    /// <summary>How many objects are alive that calls on this thread created.</summary>
    internal long Live => Core<LiveFunction>("StandIn_Live")();

    /// <summary>How many objects are there because the test arranged them.</summary>
    internal long Arranged { get; private set; }

    /// <summary>What was done wrong with objects: over-releases, uses after the last release, arguments of the wrong type. Empty when nothing was.</summary>
    internal string Misuse => Marshal.PtrToStringUTF8(Core<MisuseFunction>("StandIn_Misuse")()) ?? "";

    /// <summary>Forgets all plans, and releases what lists hold.</summary>
    internal void Reset()
    {
        Core<ResetFunction>("StandIn_Reset")();
        Arranged = 0;
    }

    /// <summary>Has a call of a function go wrong: it returns NULL, or the value where it returns a number.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="nth">Which call of it; 0 for all.</param>
    /// <param name="value">The value.</param>
    internal void Fail(string function, int nth = 1, long value = 0) => Core<FailFunction>("StandIn_Fail")(function, nth, value);

    /// <summary>Sets one of the stand-in's switches.</summary>
    internal void Set(string name, long value = 1) => Core<SetFunction>("StandIn_Set")(name, value);

    /// <summary>How often a function was called.</summary>
    internal int Calls(string function) => Core<CallsFunction>("StandIn_Calls")(function);

    /// <summary>Sets what errors say, any UTF-16.</summary>
    internal void Describe(string text)
    {
        Core<SetDescriptionFunction>("StandIn_SetDescription")([.. text.Select(unit => (ushort)unit)], text.Length);
        Arranged = Live;
    }

    /// <summary>Puts a certificate into the list of system anchors, or of a trust settings domain, with its trust settings there.</summary>
    internal void Append(StandInList list, ReadOnlyMemory<byte> der, nint settings = 0)
    {
        Core<AppendFunction>("StandIn_Append")((int)list, StandInLibrary.Function<CertificateFunction>(_library.Security, "StandIn_Certificate")(der.ToArray(), der.Length, settings));
        Arranged = Live;
    }

    internal nint Text(string ascii) => Core<TextFunction>("StandIn_Text")(ascii);

    internal nint Number(long value) => Core<NumberFunction>("StandIn_Number")(value);

    internal nint Policy(string oid) => StandInLibrary.Function<TextFunction>(_library.Security, "StandIn_Policy")(oid);

    internal nint Array(params nint[] elements) => Core<ListFunction>("StandIn_Array")(elements, elements.Length);

    /// <summary>A dictionary; takes the values over.</summary>
    internal nint Dictionary(params (string Key, nint Value)[] entries)
    {
        var flat = entries.SelectMany(e => new[] { Text(e.Key), e.Value }).ToArray();
        return Core<ListFunction>("StandIn_Dictionary")(flat, flat.Length);
    }

    /// <summary>Releases an object as the product would.</summary>
    internal void Release(nint cf) => Core<ReleaseFunction>("CFRelease")(cf);

    /// <summary>The test leaves no object behind, and has misused none.</summary>
    internal void AssertClean(long live = 0)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Misuse, Is.Empty);
            Assert.That(Live, Is.EqualTo(live), "objects that are alive");
        }
    }

    private TDelegate Core<TDelegate>(string name)
        where TDelegate : Delegate => StandInLibrary.Function<TDelegate>(_library.CoreFoundation, name);
}
