using System.Runtime.InteropServices;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>The frameworks that are called, by the paths under which the dynamic linker has them.</summary>
internal static class Frameworks
{
    internal const string CoreFoundation = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation";
    internal const string Security = "/System/Library/Frameworks/Security.framework/Security";

    private static readonly Lazy<nint> s_arrayCallbacks = new(FindArrayCallbacks);

    /// <summary>Loads a framework for the sake of a variable that it exports. The resolver of an assembly's imports does not see such a load, so tests replace this too.</summary>
    internal static Func<string, nint> Load { get; set; } = NativeLibrary.Load;

    /// <summary>The address of <c>kCFTypeArrayCallBacks</c>, with which an array retains what it holds (CFArray.h:115).</summary>
    internal static nint ArrayCallbacks => s_arrayCallbacks.Value;

    private static nint FindArrayCallbacks() => NativeLibrary.GetExport(Load(CoreFoundation), "kCFTypeArrayCallBacks");
}
