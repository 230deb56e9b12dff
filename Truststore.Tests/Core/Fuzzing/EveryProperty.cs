using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Reads whatever a program could: every public property of an object of this library, of the objects behind those, and their texts.</summary>
internal static class EveryProperty
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> s_getters = new();

    /// <summary>Reads it all.</summary>
    /// <returns>How many values there were.</returns>
    internal static int Read(object? value)
    {
        switch (value)
        {
            case null:
                return 0;
            case string:
                return 1;
            case IEnumerable items:
                var count = 1;
                foreach (var item in items)
                {
                    count += Read(item);
                }

                return count;
        }

        var getters = s_getters.GetOrAdd(value.GetType(), FindGetters);
        if (getters.Length == 0)
        {
            return 1;
        }

        var read = value.ToString() is null ? 0 : 1;
        foreach (var getter in getters)
        {
            read += Read(getter(value));
        }

        return read;
    }

    private static Func<object, object?>[] FindGetters(Type type)
    {
        var isPair = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
        return isPair || (type.Assembly == typeof(CertificateInfo).Assembly && !type.IsEnum)
            ? [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).Select(p => (Func<object, object?>)p.GetValue)]
            : [];
    }
}
