using Truststore.Platform.MacOS.Interop;

namespace Truststore.Tests.MacOS;

/// <summary>The stand-in finds what it is there to find.</summary>
internal sealed class StandInTests
{
    private StandIn? _standIn;

    private StandIn StandIn => _standIn ?? throw new InvalidOperationException("The test has not started.");

    [SetUp]
    public void Start() => _standIn = new StandIn();

    [TearDown]
    public void Stop() => _standIn?.Reset();

    [Test]
    public void CFRelease_OnceTooOften_IsFound()
    {
        var text = StandIn.Text("text");
        StandIn.Release(text);
        StandIn.Release(text);

        Assert.That(StandIn.Misuse, Does.Contain("CFRelease: was given an object after its last release"));
    }

    [Test]
    public void CFRetain_AfterTheLastRelease_IsFound()
    {
        var text = StandIn.Text("text");
        StandIn.Release(text);
        using var retained = SafeCFHandle.Retain(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StandIn.Misuse, Does.Contain("CFRetain: was given an object after its last release"));
            Assert.That(retained.IsInvalid);
        }
    }

    [Test]
    public void CFStringGetLength_OfANumber_IsFound()
    {
        using var number = SafeCFHandle.Retain(StandIn.Number(1));

        Assert.That(CoreFoundation.CFStringGetLength(number), Is.EqualTo((nint)0));
        Assert.That(StandIn.Misuse, Does.Contain("CFStringGetLength: was given an object of type"));
    }

    [Test]
    public void CFDataGetLength_OfNothing_IsFound()
    {
        Assert.That(CoreFoundation.CFDataGetLength(SafeCFHandle.Null), Is.EqualTo((nint)0));
        Assert.That(StandIn.Misuse, Does.Contain("CFDataGetLength: was given NULL"));
    }

    [Test]
    public void CFRelease_OfWhatIsNoObject_IsFound()
    {
        CoreFoundation.CFRelease(0x1000);

        Assert.That(StandIn.Misuse, Does.Contain("CFRelease: was given what is no object"));
    }

    [Test]
    public void CFArrayCreate_WithoutCallbacks_IsFound()
    {
        using var array = CoreFoundation.CFArrayCreate(0, [], 0, 0);

        Assert.That(StandIn.Misuse, Does.Contain("kCFTypeArrayCallBacks"));
    }

    [Test]
    public void Live_ObjectNotReleased_IsCounted()
    {
        var text = StandIn.Text("text");
        Assert.That(StandIn.Live, Is.EqualTo(1));

        StandIn.Release(text);
        Assert.That(StandIn.Live, Is.Zero);
    }

    [Test]
    public void CFScope_ArrayReleasedBeforeItsElements_KeepsThem()
    {
        using (var scope = new CFScope())
        {
            List<SafeCFHandle> elements;
            using (var other = new CFScope())
            {
                elements = scope.Elements(other.CreateArray([other.CreateString("one"), other.CreateString("two")]));
            }

            Assert.That(elements.ConvertAll(CFReader.ReadString), Is.EqualTo(new[] { "one", "two" }));
        }

        StandIn.AssertClean();
    }
}
