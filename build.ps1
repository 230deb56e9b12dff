#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs one of the repository's tasks. A convenience: each is one dotnet command, and nothing else depends on PowerShell.
.PARAMETER Task
    restore, build, test, bench or pack. The default is build.
.PARAMETER BouncyCastlePackage
    The BouncyCastle package to build with. The default is BouncyCastle.Cryptography for pack, and the project's own default for all other tasks.
.EXAMPLE
    ./build.ps1 test
.EXAMPLE
    ./build.ps1 pack -BouncyCastlePackage Portable.BouncyCastle
#>
param(
    [Parameter(Position = 0)]
    [ValidateSet('restore', 'build', 'test', 'bench', 'pack')]
    [string] $Task = 'build',

    [ValidateSet('', 'Portable.BouncyCastle', 'BouncyCastle.Cryptography')]
    [string] $BouncyCastlePackage = ''
)

$ErrorActionPreference = 'Stop'

if ($BouncyCastlePackage -eq '' -and $Task -eq 'pack') {
    $BouncyCastlePackage = 'BouncyCastle.Cryptography'
}

$properties = @()
if ($BouncyCastlePackage -ne '') {
    $properties += "-p:BouncyCastlePackage=$BouncyCastlePackage"
}

$runtimes = 'linux-x64', 'linux-arm64', 'win-x64', 'osx-arm64'

# Each command is the arguments of one dotnet call.
$commands = switch ($Task) {
    'restore' { , (@('restore') + $properties) }
    'build' { , (@('build') + $properties) }
    'test' { , (@('test') + $properties) }
    'bench' { , (@('run', '--configuration', 'Release', '--project', 'Truststore.Benchmarks') + $properties + @('--', '--filter', '*')) }
    'pack' {
        foreach ($runtime in $runtimes) {
            , (@('publish', 'Truststore', '--configuration', 'Release', '--runtime', $runtime, '--self-contained', 'false', '--output', "artifacts/images/$runtime",
                '-p:PublishReadyToRun=true', '-p:RestorePackagesWithLockFile=false') + $properties)
        }

        , (@('pack', '--configuration', 'Release', '--output', 'artifacts/packages', "-p:ReadyToRunImages=$PSScriptRoot/artifacts/images", '-p:RestorePackagesWithLockFile=false') + $properties)
    }
}

Push-Location $PSScriptRoot
try {
    foreach ($arguments in $commands) {
        Write-Host "dotnet $arguments"
        & dotnet @arguments
        if ($LASTEXITCODE -ne 0) {
            exit $LASTEXITCODE
        }
    }
}
finally {
    Pop-Location
}
