namespace Truststore.Platform.MacOS.Interop;

/// <summary>The references that one piece of work holds; all are released at its end, the latest first, whatever happens.</summary>
internal sealed class CFScope : IDisposable
{
    private readonly Stack<SafeCFHandle> _owned = new();

    /// <summary>Holds a reference.</summary>
    /// <param name="handle">What a function of the create rule returned; may be without an object.</param>
    internal SafeCFHandle Add(SafeCFHandle handle)
    {
        _owned.Push(handle);
        return handle;
    }

    /// <summary>Holds a reference that must be there.</summary>
    /// <param name="handle">What a function of the create rule returned.</param>
    /// <param name="function">That function.</param>
    /// <exception cref="NativeCallException">It is NULL.</exception>
    internal SafeCFHandle Own(SafeCFHandle handle, string function) => Add(handle).IsInvalid ? throw new NativeCallException(function, "returned NULL.") : handle;

    /// <summary>Creates a CFData.</summary>
    internal SafeCFHandle CreateData(ReadOnlySpan<byte> bytes) => Own(CoreFoundation.CFDataCreate(0, bytes, bytes.Length), nameof(CoreFoundation.CFDataCreate));

    /// <summary>Creates a CFString.</summary>
    internal SafeCFHandle CreateString(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return Own(CoreFoundation.CFStringCreateWithBytes(0, bytes, bytes.Length, CoreFoundation.Utf8, isExternalRepresentation: 0), nameof(CoreFoundation.CFStringCreateWithBytes));
    }

    /// <summary>Creates a CFArray that retains its elements.</summary>
    /// <param name="elements">Handles that this scope holds, so that they outlive the call.</param>
    internal SafeCFHandle CreateArray(IReadOnlyList<SafeCFHandle> elements)
    {
        var values = new nint[elements.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = elements[i].DangerousGetHandle();
        }

        var array = CoreFoundation.CFArrayCreate(0, values, values.Length, Frameworks.ArrayCallbacks);
        GC.KeepAlive(elements);
        return Own(array, nameof(CoreFoundation.CFArrayCreate));
    }

    /// <summary>Takes a reference to each element of an array.</summary>
    /// <exception cref="NativeCallException">The array says that it has a negative number of elements, or has none where it says it has.</exception>
    internal List<SafeCFHandle> Elements(SafeCFHandle array)
    {
        var count = CoreFoundation.CFArrayGetCount(array);
        if (count < 0)
        {
            throw new NativeCallException(nameof(CoreFoundation.CFArrayGetCount), $"returned {count}.");
        }

        var elements = new List<SafeCFHandle>();
        for (nint i = 0; i < count; i++)
        {
            elements.Add(Own(SafeCFHandle.Retain(CoreFoundation.CFArrayGetValueAtIndex(array, i)), nameof(CoreFoundation.CFArrayGetValueAtIndex)));
        }

        return elements;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out var handle))
        {
            handle.Dispose();
        }
    }
}
